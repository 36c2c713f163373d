package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.decorator.InstrumentedExchangePort;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a scrape shows of exchanges that went through the decorator. */
class InstrumentedExchangePortTest {

    private static final ExchangeRequest CHAT = ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[] {1});

    private final ManualClock clock = new ManualClock();
    private final DropwizardMetrics metrics = new DropwizardMetrics(new MetricRegistry(), 200, clock);

    @Test
    void exchange_complete_isOneRequestWithItsTimes() {
        ExchangePort port = instrumented((request, context) -> new Scripted(200, 3, null));
        clock.advance(Duration.ofHours(1));
        try (Exchange exchange = port.open(CHAT, CallContext.create())) {
            assertThat(scrape()).containsEntry("paddock_requests_in_flight", 1.0);
            drain(exchange);
        }

        assertThat(scrape())
                .containsEntry("paddock_requests_total{operation=\"chat\",outcome=\"ok\"}", 1.0)
                .containsEntry("paddock_requests_in_flight", 0.0)
                .containsEntry("paddock_request_duration_seconds_count{operation=\"chat\"}", 1.0)
                .containsEntry("paddock_request_first_chunk_seconds_count{operation=\"chat\"}", 1.0)
                .doesNotContainKey("paddock_errors_total{kind=\"cancelled\",operation=\"chat\"}");
        assertThat(scrape().get("paddock_request_first_chunk_seconds_sum{operation=\"chat\"}"))
                .isCloseTo(0.1, offset(1e-9));
        assertThat(scrape().get("paddock_request_duration_seconds_sum{operation=\"chat\"}"))
                .isCloseTo(0.4, offset(1e-9));
    }

    @Test
    void exchange_everyOutcome_isCountedUnderItsOwnKind() {
        AtomicInteger call = new AtomicInteger();
        ExchangePort port = instrumented((request, context) -> switch (call.getAndIncrement()) {
            case 0 -> throw new BackendUnavailableException("nobody there", ErrorFacts.NONE);
            case 1 -> new Scripted(200, 1, new TruncatedResponseException("cut", ErrorFacts.NONE));
            case 2 -> new Scripted(429, 1, null);
            default -> new Scripted(200, 5, null);
        });

        assertThatThrownBy(() -> port.open(CHAT, CallContext.create())).isInstanceOf(LlmException.class);
        try (Exchange truncated = port.open(CHAT, CallContext.create())) {
            assertThatThrownBy(() -> drain(truncated)).isInstanceOf(TruncatedResponseException.class);
        }
        try (Exchange refused = port.open(CHAT, CallContext.create())) {
            drain(refused);
        }
        try (Exchange closedEarly = port.open(CHAT, CallContext.create())) {
            assertThat(closedEarly.next()).isNotNull();
        }

        for (String kind : List.of("backend_unavailable", "truncated_response", "rate_limited", "cancelled")) {
            assertThat(scrape())
                    .containsEntry("paddock_errors_total{kind=\"" + kind + "\",operation=\"chat\"}", 1.0)
                    .containsEntry("paddock_requests_total{operation=\"chat\",outcome=\"" + kind + "\"}", 1.0);
        }
        assertThat(scrape())
                .containsEntry("paddock_request_duration_seconds_count{operation=\"chat\"}", 4.0)
                .containsEntry("paddock_requests_in_flight", 0.0)
                .doesNotContainKey("paddock_requests_total{operation=\"chat\",outcome=\"ok\"}");
    }

    @Test
    void exchange_manyThreads_countsEveryOneOnce() throws Exception {
        ExchangePort port = instrumented((request, context) -> new Scripted(200, 2, null));
        ConcurrentRunner.run(8, thread -> {
            for (int i = 0; i < 500; i++) {
                try (Exchange exchange = port.open(CHAT, CallContext.create())) {
                    if (thread % 2 == 0) {
                        drain(exchange);
                    }
                }
            }
        });

        assertThat(scrape())
                .containsEntry("paddock_requests_total{operation=\"chat\",outcome=\"ok\"}", 2000.0)
                .containsEntry("paddock_requests_total{operation=\"chat\",outcome=\"cancelled\"}", 2000.0)
                .containsEntry("paddock_request_duration_seconds_count{operation=\"chat\"}", 4000.0)
                .containsEntry("paddock_requests_in_flight", 0.0);
    }

    @Test
    void exchange_twoPortsMeasureIntoOneRegistry_theirCallsUnderWayAddUp() {
        Exchange one = instrumented((request, context) -> new Scripted(200, 3, null)).open(CHAT, CallContext.create());
        ExchangePort other = instrumented((request, context) -> new Scripted(200, 3, null));
        assertThat(scrape()).containsEntry("paddock_requests_in_flight", 1.0);

        try (Exchange second = other.open(CHAT, CallContext.create())) {
            assertThat(second.next()).isNotNull();
            assertThat(scrape()).containsEntry("paddock_requests_in_flight", 2.0);
        }
        one.close();

        assertThat(scrape()).containsEntry("paddock_requests_in_flight", 0.0);
    }

    private ExchangePort instrumented(ExchangePort port) {
        return new InstrumentedExchangePort(port, metrics, clock);
    }

    private Map<String, Double> scrape() {
        return PrometheusPage.of(metrics, List::of).samples();
    }

    private static void drain(Exchange exchange) {
        while (exchange.next() != null) {
            assertThat(exchange.head()).isNotNull();
        }
    }

    /** An answer whose frames, and whose end, each take a tenth of a second. */
    private final class Scripted implements Exchange {

        private final int status;
        private final LlmException failure;
        private int left;

        Scripted(int status, int frames, LlmException failure) {
            this.status = status;
            this.failure = failure;
            this.left = frames;
        }

        @Override
        public ExchangeHead head() {
            Provenance provenance = Provenance.of(new BackendId("http://a:1"), 1, true);
            return new ExchangeHead(status, Headers.EMPTY, Framing.LINES, provenance);
        }

        @Override
        public AnswerVerdict verdict() {
            return AnswerVerdict.ofStatus(status);
        }

        @Override
        public Frame next() {
            clock.advance(Duration.ofMillis(100));
            if (left-- > 0) {
                return Frame.data("{}".getBytes(StandardCharsets.UTF_8));
            }
            if (failure != null) {
                throw failure;
            }
            return null;
        }

        @Override
        public void close() {}
    }
}
