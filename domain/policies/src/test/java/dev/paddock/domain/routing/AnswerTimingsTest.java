package dev.paddock.domain.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.RoutingSettings.Affinity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerTimingsTest {

    private final List<String> read = new ArrayList<>();
    private final RequestTraits traits = new RecordingTraits();

    @Test
    void read_stream_isTheLastFrame() {
        AnswerTimings timings = new AnswerTimings(traits, request(Operation.CHAT, "/api/chat"));
        timings.add(Frame.data(bytes("first")), Framing.LINES);
        timings.add(Frame.terminal(bytes("last")), Framing.LINES);

        assertThat(timings.read().total()).isEqualTo(Duration.ofMillis(4));
        assertThat(read).containsExactly("last");
    }

    @Test
    void read_document_isAllOfItsParts() {
        AnswerTimings timings = new AnswerTimings(traits, request(Operation.GENERATE, "/api/generate"));
        timings.add(Frame.data(bytes("{\"a\":")), Framing.DOCUMENT);
        timings.add(Frame.data(bytes("1}")), Framing.DOCUMENT);

        assertThat(timings.read().total()).isEqualTo(Duration.ofMillis(7));
        assertThat(read).containsExactly("{\"a\":1}");
    }

    @Test
    void read_documentWithoutDurations_isNotRead() {
        for (ExchangeRequest request : List.of(
                request(Operation.CHAT, "/v1/chat/completions"), request(Operation.EMBED, "/api/embed"), request(Operation.SHOW_MODEL, "/api/show"))) {
            AnswerTimings timings = new AnswerTimings(traits, request);
            timings.add(Frame.data(bytes("{}")), Framing.DOCUMENT);
            assertThat(timings.read()).isEqualTo(Timings.UNKNOWN);
        }
        assertThat(read).isEmpty();
    }

    @Test
    void read_longDocument_isNotKept() {
        AnswerTimings timings = new AnswerTimings(traits, request(Operation.CHAT, "/api/chat"));
        for (int part = 0; part < 10_000; part++) {
            timings.add(Frame.data(new byte[1 << 20]), Framing.DOCUMENT);
        }

        assertThat(timings.read()).isEqualTo(Timings.UNKNOWN);
        assertThat(read).isEmpty();
    }

    @Test
    void isQueued_restOfTheTime_isTheWaitForOthers() {
        assertThat(timings(1000, 10, 100, 800).queued()).isEqualTo(Duration.ofMillis(90));
        assertThat(timings(1000, 10, 100, 800).isQueued()).as("less than a fifth").isFalse();
        assertThat(timings(1000, 10, 100, 400).isQueued()).isTrue();
        assertThat(timings(60, 5, 5, 5).isQueued()).as("less than 50 ms").isFalse();
        assertThat(timings(1000, 900, 100, 800).queued()).isEqualTo(Duration.ZERO);
        assertThat(Timings.UNKNOWN.queued()).isNull();
        assertThat(Timings.UNKNOWN.isQueued()).isFalse();
        assertThat(new Timings(Duration.ofSeconds(1), null, null, null).queued()).as("vectors have no time of evaluation").isNull();
    }

    private static Timings timings(long total, long load, long prompt, long evaluation) {
        return new Timings(Duration.ofMillis(total), Duration.ofMillis(load), Duration.ofMillis(prompt), Duration.ofMillis(evaluation));
    }

    private static ExchangeRequest request(Operation operation, String path) {
        return ExchangeRequest.post(operation, path, new byte[0]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Notes what it reads; the total time is its length in milliseconds. */
    private final class RecordingTraits implements RequestTraits {

        @Override
        public RunnerOptions options(ExchangeRequest request) {
            return RunnerOptions.ANY;
        }

        @Override
        public @Nullable Long affinity(ExchangeRequest request, Affinity affinity) {
            return null;
        }

        @Override
        public ExchangeRequest withModel(ExchangeRequest request, String model) {
            return request.withModel(model);
        }

        @Override
        public Timings timings(Frame last) {
            read.add(new String(last.bytes(), UTF_8));
            return new Timings(Duration.ofMillis(last.bytes().length), null, null, null);
        }
    }
}
