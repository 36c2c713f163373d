package dev.paddock.adapters.http.answercache.embedding;

import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.NATIVE;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.OPENAI;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.embed;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.answercache.MemoryExchange;
import dev.paddock.adapters.http.answercache.ModelResidency;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.Answer;
import dev.paddock.adapters.http.answercache.embedding.ModelVersionSource.KnownVersion;
import dev.paddock.adapters.http.answercache.embedding.TextServer.Fault;
import dev.paddock.adapters.http.wire.embedding.EmbeddingInput;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.error.CallCancelledException;
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
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of many callers at random: with other models, options, credentials and formats, with unfit texts, and some that leave. */
class EmbeddingInterleavingTest {

    private static final int CALLERS = 24;
    private static final int CALLS = 30;
    private static final int CACHE_BYTES = 40_000;
    private static final EmbeddingBatchSettings SETTINGS = new EmbeddingBatchSettings(
            new BatchLimits(16, 200, 100_000, null),
            CACHE_BYTES,
            Duration.ofHours(1),
            Tenancy.SEPARATE);

    private final TextServer server = new TextServer();
    private final RecordedMetrics metrics = new RecordedMetrics();
    private volatile String version = "v0";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void open_callsAtRandom_eachGetsItsOwnVectorsOrItsOwnFailure(long seed) {
        EmbeddingExchangePort port = new EmbeddingExchangePort(
                server,
                SETTINGS,
                new JsonReuseClassifier(false),
                (model, context) -> versionNow(),
                new ModelResidency(server, System::nanoTime),
                metrics,
                System::nanoTime);
        List<Fault> faults = List.of(Fault.REFUSED, Fault.ZERO_IN_ARRAYS, Fault.NAN_IN_ARRAYS, Fault.SHORT_IN_ARRAYS, Fault.LOST_IN_ARRAYS);
        IntStream.range(0, 5).forEach(number -> server.faults.put("bad" + number, faults.get(number)));
        server.mostTexts = 12;
        AtomicBoolean isRunning = new AtomicBoolean(true);
        server.hold();
        Thread pace = Thread.ofVirtual().start(() -> {
            Random random = new Random(seed);
            while (isRunning.get()) {
                server.answer(random.nextInt(3));
                Thread.yield();
            }
        });

        Parallel.run(CALLERS, caller -> {
            Random random = new Random(seed * 1_000 + caller);
            for (int call = 0; call < CALLS; call++) {
                callAtRandom(port, caller, random);
            }
            return caller;
        });
        isRunning.set(false);
        server.answerAll();

        assertThat(pace).isNotNull();
        Eventually.await(() -> metrics.sum(BatchMetrics.WAITING) == 0);
        assertThat(metrics.sum(BatchMetrics.BYTES)).isBetween(0L, (long) CACHE_BYTES);
        Eventually.await("what was counted has arrived", () ->
                metrics.sum(BatchMetrics.TEXTS) == server.asked.stream().mapToInt(List::size).sum());
    }

    private void callAtRandom(EmbeddingExchangePort port, int caller, Random random) {
        String target = random.nextInt(4) == 0 ? OPENAI : NATIVE;
        String model = random.nextInt(5) == 0 ? "other" : "m";
        Map<String, ?> options = random.nextInt(4) == 0 ? Map.of("num_ctx", random.nextInt(2)) : null;
        String credentials = random.nextInt(6) == 0 ? "key " + random.nextInt(2) : "";
        List<String> texts = texts(random);
        CallContext context = CallContext.create().with(CallAttributes.CALLER, "caller " + caller % 7);
        context = credentials.isEmpty() ? context : context.with(CallAttributes.EXTRA_HEADERS, Headers.of("Authorization", credentials));
        if (random.nextInt(50) == 0) {
            version = "v" + random.nextInt(3);
        }
        boolean leaves = random.nextInt(10) == 0;
        if (leaves) {
            CallContext leaving = context;
            Thread.ofVirtual().start(() -> leaving.cancellation().cancel());
        }
        try {
            Answer answer = embed(port, context, request(target, PlainJson.object("model", model, "input", texts, "options", options)));
            if (answer.head().status() != 200) {
                assertThat(texts).contains("bad0");
                assertThat(answer.head().status()).isEqualTo(400);
                return;
            }
            assertThat(answer.vectors()).containsExactlyElementsOf(texts.stream()
                    .map(text -> TextServer.vector(target, model, options == null ? "null" : String.valueOf(options), credentials, text))
                    .toList());
        } catch (CallCancelledException cancelled) {
            assertThat(leaves).isTrue();
        }
    }

    private static List<String> texts(Random random) {
        int count = random.nextInt(12) == 0 ? 20 : 1 + random.nextInt(4);
        List<String> texts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            texts.add(random.nextInt(15) == 0 ? "bad" + random.nextInt(5) : "text " + random.nextInt(40));
        }
        return texts;
    }

    private KnownVersion versionNow() {
        String now = version;
        return new KnownVersion(now, () -> version.equals(now));
    }

    /** A server whose model changes: no caller that asks after the change gets a vector from before it. */
    @Test
    void open_modelChanges_noOlderVectorIsGiven() {
        AtomicBoolean isRunning = new AtomicBoolean(true);
        EmbeddingExchangePort port = new EmbeddingExchangePort(
                new VersionedServer(),
                SETTINGS,
                new JsonReuseClassifier(false),
                (model, context) -> versionNow(),
                new ModelResidency(server, System::nanoTime),
                metrics,
                System::nanoTime);
        Thread.ofVirtual().start(() -> {
            for (int change = 1; isRunning.get(); change++) {
                version = "v" + change;
                Thread.yield();
            }
        });

        Parallel.run(CALLERS, caller -> {
            for (int call = 0; call < CALLS; call++) {
                int before = number(version);
                Answer answer = embed(port, CallContext.create(), "text " + call % 5);
                assertThat(versionIn(answer.vectors().getFirst())).isGreaterThanOrEqualTo(before);
            }
            return caller;
        });
        isRunning.set(false);
    }

    /** Gives vectors whose first number is the version of the model when the request arrived. */
    private final class VersionedServer implements ExchangePort {

        @Override
        public Exchange open(ExchangeRequest request, CallContext context) {
            int now = number(version) + 1; // no number of a sound vector need be zero
            int texts = requireNonNull(EmbeddingInput.of(request)).texts().size();
            String vectors = String.join(",", Collections.nCopies(texts, "[" + now + ",1]"));
            byte[] body = ("{\"embeddings\":[" + vectors + "]}").getBytes(UTF_8);
            Provenance provenance = Provenance.of(new BackendId("server"), 1, false);
            return MemoryExchange.ofDocument(
                    new ExchangeHead(200, Headers.EMPTY, Framing.DOCUMENT, provenance), Frame.data(body), AnswerVerdict.OK, context);
        }
    }

    private static int number(String version) {
        String digits = version.replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static int versionIn(String vector) {
        return Integer.parseInt(vector.substring(1, vector.indexOf(','))) - 1;
    }
}
