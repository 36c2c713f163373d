package dev.paddock.adapters.metrics.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallAttributes;
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
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservationExchangePortTest {

    private static final ExchangeRequest CHAT =
            ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[] {'{', '}'}).withModel("llama3.2");

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<Observation.Context> stopped = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<ExchangeRequest> sent = new ArrayList<>();
    private final List<CallContext> contexts = new ArrayList<>();
    private final FixedExchange answer = new FixedExchange(Framing.LINES, Frame.data(new byte[] {'1'}), Frame.terminal(new byte[] {'2'}));
    private final ExchangePort port = new ObservationExchangePort(
            (request, context) -> {
                sent.add(request);
                contexts.add(context);
                return answer;
            },
            registry);

    @BeforeEach
    void observe() {
        registry.observationConfig().observationHandler(new Recorder());
    }

    @Test
    void open_completeStream_isOneObservation() {
        try (Exchange exchange = port.open(CHAT, CallContext.create())) {
            while (exchange.next() != null) {
                assertThat(stopped).isEmpty();
            }
        }

        assertThat(stopped).hasSize(1);
        assertThat(stopped.getFirst().getName()).isEqualTo("gen_ai.client.operation");
        assertThat(stopped.getFirst().getContextualName()).isEqualTo("chat llama3.2");
        assertThat(low()).isEqualTo(Map.of("gen_ai.operation.name", "chat", "error.type", "none"));
        assertThat(high()).isEqualTo(Map.of(
                "gen_ai.request.model", "llama3.2", "paddock.backend", "gpu", "paddock.source", "backend", "paddock.attempts", "2"));
        assertThat(events).containsExactly("gen_ai.first_chunk");
    }

    @Test
    void close_beforeTheEnd_isCancelled() {
        port.open(CHAT, CallContext.create()).close();

        assertThat(low()).containsEntry("error.type", "cancelled");
    }

    @Test
    void next_brokenAnswer_isAnError() {
        LlmException broken = new TruncatedResponseException("cut", ErrorFacts.NONE);
        answer.failure = broken;
        try (Exchange exchange = port.open(CHAT, CallContext.create())) {
            assertThatThrownBy(exchange::next).isSameAs(broken);
        }

        assertThat(stopped).hasSize(1);
        assertThat(stopped.getFirst().getError()).isSameAs(broken);
        assertThat(low()).containsEntry("error.type", broken.kind().label());
    }

    @Test
    void reject_completeDocument_isAnError() {
        FixedExchange document = new FixedExchange(Framing.DOCUMENT, Frame.data(new byte[] {'?'}));
        LlmException unreadable = new MalformedResponseException("no JSON", ErrorFacts.NONE);
        try (Exchange exchange = new ObservationExchangePort((request, context) -> document, registry).open(CHAT, CallContext.create())) {
            assertThat(exchange.next()).isNotNull();
            assertThat(exchange.next()).isNull();
            exchange.reject(unreadable);
        }

        assertThat(stopped).hasSize(1);
        assertThat(low()).containsEntry("error.type", unreadable.kind().label());
    }

    @Test
    void open_failure_isAnError() {
        LlmException refused = new TruncatedResponseException("cut", ErrorFacts.NONE);
        ExchangePort failing = new ObservationExchangePort((request, context) -> {
            throw refused;
        }, registry);

        assertThatThrownBy(() -> failing.open(CHAT, CallContext.create())).isSameAs(refused);
        assertThat(stopped).hasSize(1);
        assertThat(stopped.getFirst().getError()).isSameAs(refused);
    }

    @Test
    void open_tracedApplication_sendsTheTraceContext() {
        registry.observationConfig().observationHandler(new Tracer());

        port.open(CHAT, CallContext.create()).close();

        assertThat(contexts.getFirst().get(CallAttributes.TRACE_PARENT)).isEqualTo("00-trace-span-01");
        assertThat(contexts.getFirst().get(CallAttributes.EXTRA_HEADERS)).isNull(); // they decide which answers are equal
        assertThat(sent.getFirst().headers().first("tracestate")).isEqualTo("vendor=1");
    }

    @Test
    void open_traceParentOfTheCall_wins() {
        registry.observationConfig().observationHandler(new Tracer());

        port.open(CHAT, CallContext.create().with(CallAttributes.TRACE_PARENT, "00-own-own-01")).close();

        assertThat(contexts.getFirst().get(CallAttributes.TRACE_PARENT)).isEqualTo("00-own-own-01");
        assertThat(sent.getFirst().headers().contains("tracestate")).isFalse();
    }

    @Test
    void open_insideAnotherObservation_isItsChild() {
        Observation parent = Observation.start("request", registry);
        try (Observation.Scope scope = parent.openScope()) {
            port.open(CHAT, CallContext.create()).close();
            assertThat(scope).isNotNull();
        }

        assertThat(stopped.getFirst().getParentObservation()).isSameAs(parent);
    }

    private Map<String, String> low() {
        return values(stopped.getFirst().getLowCardinalityKeyValues());
    }

    private Map<String, String> high() {
        return values(stopped.getFirst().getHighCardinalityKeyValues());
    }

    private static Map<String, String> values(Iterable<KeyValue> pairs) {
        List<KeyValue> all = new ArrayList<>();
        pairs.forEach(all::add);
        return all.stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
    }

    private final class Recorder implements ObservationHandler<Observation.Context> {

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            events.add(event.getName());
        }

        @Override
        public void onStop(Observation.Context context) {
            stopped.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    /** Sets the fields as the propagation of a tracer does. */
    private static final class Tracer implements ObservationHandler<SenderContext<Object>> {

        @Override
        public void onStart(SenderContext<Object> context) {
            context.getSetter().set(context.getCarrier(), "traceparent", "00-trace-span-01");
            context.getSetter().set(context.getCarrier(), "tracestate", "vendor=1");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof SenderContext;
        }
    }

    /** An answer that is all there. */
    private static final class FixedExchange implements Exchange {

        private final ExchangeHead head;
        private final Deque<Frame> frames;
        private @Nullable LlmException failure;

        FixedExchange(Framing framing, Frame... frames) {
            this.head = new ExchangeHead(200, Headers.EMPTY, framing, Provenance.of(new BackendId("gpu"), 2, false));
            this.frames = new ArrayDeque<>(List.of(frames));
        }

        @Override
        public ExchangeHead head() {
            return head;
        }

        @Override
        public @Nullable Frame next() {
            if (failure != null) {
                throw failure;
            }
            return frames.poll();
        }

        @Override
        public AnswerVerdict verdict() {
            return AnswerVerdict.OK;
        }

        @Override
        public void close() {}
    }
}
