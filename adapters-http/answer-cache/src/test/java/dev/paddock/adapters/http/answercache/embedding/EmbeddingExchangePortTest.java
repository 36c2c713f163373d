package dev.paddock.adapters.http.answercache.embedding;

import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.NATIVE;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.OPENAI;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.caller;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.embed;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.request;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.vector;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.answercache.AnswerCacheSettings.ModelVersioning;
import dev.paddock.adapters.http.answercache.ModelResidency;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.Answer;
import dev.paddock.adapters.http.answercache.embedding.ModelVersionSource.KnownVersion;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.error.AnswerNotCachedException;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance.Source;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingExchangePortTest {

    private static final BatchLimits LIMITS = new BatchLimits(64, 1000, 1 << 20, null);

    private final TextServer server = new TextServer();
    private final RecordedMetrics metrics = new RecordedMetrics();
    private final ManualTicker ticker = new ManualTicker();
    private volatile String version = "v1";
    private EmbeddingExchangePort port = port(LIMITS, 1 << 20, Tenancy.SEPARATE);

    // Stored vectors

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, OPENAI})
    void open_knownTextsInAnArray_onlyTheRestIsSent(String target) {
        embed(port, CallContext.create(), request(target, "a", "b"));

        Answer answer = embed(port, CallContext.create(), request(target, "c", "b", "d", "a"));

        assertThat(server.asked).containsExactly(List.of("a", "b"), List.of("c", "d"));
        assertThat(answer.vectors()).containsExactlyElementsOf(
                List.of("c", "b", "d", "a").stream().map(text -> TextServer.vector(target, "m", "null", "", text)).toList());
        assertThat(answer.tokens()).isEqualTo(8);
        assertThat(answer.isEstimated()).isTrue();
        assertThat(answer.head().provenance().source()).isEqualTo(Source.BATCHED);
    }

    @Test
    void open_allTextsKnown_nothingIsSent() {
        embed(port, CallContext.create(), "a", "b");

        Answer answer = embed(port, CallContext.create(), "b", "a", "b");

        assertThat(server.asked).hasSize(1);
        assertThat(answer.vectors()).containsExactly(vector("b"), vector("a"), vector("b"));
        assertThat(answer.head().provenance().source()).isEqualTo(Source.CACHE);
        assertThat(answer.head().headers().contentLength()).isEqualTo(answer.body().length());
        assertThat(answer.body()).contains("\"model\":\"m\"", "\"load_duration\":3");
    }

    @Test
    void open_duplicatesInAnArray_areSentOnce() {
        Answer answer = embed(port, CallContext.create(), "a", "b", "a", "a");

        assertThat(server.asked).containsExactly(List.of("a", "b"));
        assertThat(answer.vectors()).containsExactly(vector("a"), vector("b"), vector("a"), vector("a"));
        assertThat(answer.isEstimated()).isTrue();
    }

    @Test
    void open_newArray_isPassedUnchanged() {
        ExchangeRequest request = request(NATIVE, "a", "b");

        Answer answer = embed(port, CallContext.create(), request);

        assertThat(server.requests).containsExactly(request);
        assertThat(answer.isEstimated()).isFalse();
        assertThat(answer.head().provenance().source()).isEqualTo(Source.BACKEND);
        assertThat(answer.body()).contains("\"total_duration\":5");
    }

    @Test
    void open_textAndArrayOfOne_areTheSame() {
        embed(port, CallContext.create(), request(NATIVE, PlainJson.object("model", "m", "input", "a")));
        embed(port, CallContext.create(), "a");

        assertThat(server.asked).hasSize(1);
    }

    @Test
    void open_otherTenantOptionsCredentialsOrVersion_isAsked() {
        embed(port, caller("one"), "a");
        embed(port, caller("two"), "a");
        embed(port, CallContext.create(), "a");
        embed(port, caller("one"), request(NATIVE, PlainJson.object("model", "m", "input", "a", "dimensions", 2)));
        embed(port, caller("one"), request(NATIVE, PlainJson.object("model", "n", "input", "a")));
        embed(port, caller("one"), request(OPENAI, "a"));
        embed(port, caller("one").with(CallAttributes.EXTRA_HEADERS, Headers.of("Authorization", "x")), "a");
        version = "v2";
        embed(port, caller("one"), "a");
        assertThat(server.asked).hasSize(8);

        embed(port, caller("one"), "a");
        assertThat(server.asked).hasSize(8);
    }

    @Test
    void open_sharedTenancy_isAnsweredForAll() {
        port = port(LIMITS, 1 << 20, Tenancy.SHARED);
        embed(port, caller("one"), "a");

        embed(port, caller("two"), "a");

        assertThat(server.asked).hasSize(1);
    }

    @Test
    void open_unknownVersion_isNotStored() {
        version = "";
        embed(port, CallContext.create(), "a");
        embed(port, CallContext.create(), "a");

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void open_modelChangesMeanwhile_isNotStored() {
        server.hold();
        Future<Answer> before = Parallel.start(() -> embed(port, CallContext.create(), "a"));
        Eventually.await(() -> server.asked.size() == 1);
        version = "v2";
        server.answerAll();
        Parallel.resultOf(before);
        version = "v1";

        embed(port, CallContext.create(), "a");

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void open_cacheControl_decides() {
        embed(port, CallContext.create(), "a");
        embed(port, control(CacheControl.DEFAULT.withNoStore()), "a");
        embed(port, control(CacheControl.DEFAULT.withNoCache()), "a");
        ticker.advance(Duration.ofSeconds(10));
        embed(port, control(CacheControl.DEFAULT.withMaxAge(Duration.ofSeconds(5))), "a");
        assertThat(server.asked).hasSize(4);

        embed(port, control(CacheControl.DEFAULT.withMaxAge(Duration.ofSeconds(5))), "a");
        embed(port, control(CacheControl.DEFAULT.withNoStore()), "b");
        embed(port, CallContext.create(), "b");
        assertThat(server.asked).hasSize(6);
    }

    @Test
    void open_onlyStoredVectorsAreWanted_nothingIsSent() {
        embed(port, CallContext.create(), "a");
        CallContext onlyStored = control(CacheControl.DEFAULT.withOnlyIfCached());

        assertThat(embed(port, onlyStored, "a").vectors()).containsExactly(vector("a"));
        assertThatExceptionOfType(AnswerNotCachedException.class).isThrownBy(() -> embed(port, onlyStored, "a", "b"));

        assertThat(server.asked).hasSize(1);
    }

    @Test
    void open_timeToLiveIsOver_isAskedAgain() {
        embed(port, CallContext.create(), "a");
        ticker.advance(Duration.ofHours(1));

        embed(port, CallContext.create(), "a");

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void open_manyTexts_memoryStaysWithinItsBound() {
        EmbeddingBatchSettings settings = settings(LIMITS, 20_000, Tenancy.SEPARATE);
        EmbeddingExchangePort small =
                new EmbeddingExchangePort(
                        server, settings, new JsonReuseClassifier(false), (model, context) -> known(), residency(), metrics, ticker::nanos);

        for (int number = 0; number < 500; number++) {
            embed(small, CallContext.create(), "text " + number);
            assertThat(metrics.sum(BatchMetrics.BYTES)).isBetween(1L, 20_000L);
        }
    }

    @Test
    void open_keepAliveOfKnownTexts_isPassedOn() {
        ExchangeRequest request = request(NATIVE, PlainJson.object("model", "m", "input", "a", "keep_alive", "1h"));
        embed(port, CallContext.create(), request);

        embed(port, CallContext.create(), request);

        Eventually.await(() -> server.requests.size() == 2);
        assertThat(new String(server.requests.getLast().body().bytes(), UTF_8)).contains("\"keep_alive\":\"1h\"").doesNotContain("input");
    }

    @Test
    void open_vectorsOfDifferentLengths_areAskedAgainTogether() {
        server.faults.put("odd", TextServer.Fault.SHORT_IN_ARRAYS);
        embed(port, CallContext.create(), "a");
        port.open(request(NATIVE, "odd"), CallContext.create()).close();
        server.faults.clear();
        // The stored vector of "a" has four dimensions; now the server gives two under the same name.
        server.faults.put("b", TextServer.Fault.SHORT_IN_ARRAYS);
        server.faults.put("c", TextServer.Fault.SHORT_IN_ARRAYS);

        Answer answer = embed(port, CallContext.create(), "a", "b", "c");

        assertThat(server.asked.getLast()).containsExactly("a", "b", "c");
        assertThat(answer.vectors()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"m\",\"input\":[]}", "{\"model\":\"m\",\"input\":[1]}", "{\"model\":\"m\"}", "{\"model\":\"m\",\"input\":\"\"}",
        "{\"model\":\"m\",\"input\":\"a\",\"Input\":\"b\"}", "{\"model\":\"m\",\"input\":\"a\",\"keep_alive\":0}"})
    void open_otherRequests_passEachTime(String body) {
        ExchangeRequest request = ExchangeRequest.post(Operation.EMBED, NATIVE, body.getBytes(UTF_8)).withModel("m");

        port.open(request, CallContext.create()).close();
        port.open(request, CallContext.create()).close();

        assertThat(server.requests).containsExactly(request, request);
    }

    // Batches

    @Test
    void open_nothingInProgress_isSentAtOnceAndOthersTogether() {
        List<Future<Answer>> calls = startBehindAnother(5, number -> embed(port, caller("c" + number), "t" + number));

        server.answer(1);
        Eventually.await(() -> server.asked.size() == 2);
        assertThat(server.asked.getLast()).containsExactlyInAnyOrder("t0", "t1", "t2", "t3", "t4");
        server.answerAll();

        for (int number = 0; number < 5; number++) {
            Answer answer = Parallel.resultOf(calls.get(number));
            assertThat(answer.vectors()).containsExactly(vector("t" + number));
            assertThat(answer.head().provenance().source()).isEqualTo(Source.BATCHED);
            assertThat(answer.isEstimated()).isTrue();
            assertThat(answer.tokens()).isEqualTo(3);
        }
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void open_sameTextOfSeveralCallers_isSentOnce() {
        List<Future<Answer>> calls = startBehindAnother(3, number -> embed(port, caller("c" + number), "same", "t" + number));

        server.answerAll();

        calls.forEach(call -> assertThat(Parallel.resultOf(call).vectors().getFirst()).isEqualTo(vector("same")));
        assertThat(server.asked.getLast()).hasSize(4).containsOnlyOnce("same");
    }

    @Test
    void open_otherOptionsOrCredentials_areNotSentTogether() {
        List<CallContext> contexts = List.of(
                CallContext.create(),
                CallContext.create().with(CallAttributes.EXTRA_HEADERS, Headers.of("Authorization", "x")),
                CallContext.create().with(CallAttributes.PRIORITY, CallAttributes.Priority.BATCH),
                CallContext.create());
        List<String> targets = List.of(NATIVE, NATIVE, NATIVE, OPENAI);
        server.hold();
        List<Future<Answer>> calls = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            int current = number;
            calls.add(Parallel.start(() -> embed(port, contexts.get(current), request(targets.get(current), "a"))));
        }

        Eventually.await(() -> server.asked.size() == 4);
        server.answerAll();
        calls.forEach(Parallel::resultOf);
    }

    @Test
    void open_moreTextsThanABatch_callersTakeTurns() {
        List<Future<Answer>> calls = new ArrayList<>();
        calls.add(blocker());
        for (int number = 0; number < 20; number++) {
            calls.add(waiting(caller("greedy"), "g" + number, number + 1));
        }
        calls.add(waiting(caller("modest"), "m", 21));

        server.answer(1);
        Eventually.await(() -> server.asked.size() == 2);

        assertThat(server.asked.getLast()).hasSize(8).contains("m", "g0", "g1");
        server.answerAll();
        calls.forEach(Parallel::resultOf);
    }

    @Test
    void open_arrayAsLongAsABatch_isSentAtOnceAsItIs() {
        Future<Answer> blocker = blocker();
        String[] texts = IntStream.range(0, 30).mapToObj(number -> "t" + number).toArray(String[]::new);

        Future<Answer> large = Parallel.start(() -> embed(port, CallContext.create(), texts));
        Eventually.await(() -> server.asked.size() == 2);

        assertThat(server.asked.getLast()).containsExactly(texts);
        server.answerAll();
        Parallel.resultOf(blocker);
        Parallel.resultOf(large);
    }

    @Test
    void open_manyCharacters_areSentInSeveralRequests() {
        String half = "x".repeat(600);
        List<Future<Answer>> calls = startBehindAnother(3, number -> embed(port, caller("c" + number), half + number));

        server.answerAll();
        calls.forEach(Parallel::resultOf);

        assertThat(server.asked).hasSize(4).allMatch(texts -> texts.size() == 1);
    }

    @Test
    void open_manyBytes_areSentInSeveralRequests() {
        port = port(new BatchLimits(64, 100_000, 1024, null), 0, Tenancy.SEPARATE);
        String text = "x".repeat(100); // up to 300 bytes
        List<Future<Answer>> calls = startBehindAnother(6, number -> embed(port, caller("c" + number), text + number));

        server.answerAll();
        calls.forEach(Parallel::resultOf);

        assertThat(server.asked).extracting(List::size).containsExactly(1, 3, 3);
    }

    @Test
    void open_callerCancelsWhileItWaits_leavesAlone() {
        CallContext leaving = CallContext.create();
        Future<Answer> blocker = blocker();
        Future<Answer> left = waiting(leaving, "left", 1);
        Future<Answer> stays = waiting(CallContext.create(), "stays", 2);

        leaving.cancellation().cancel();
        assertFailsWith(CallCancelledException.class, left);
        server.answerAll();

        assertThat(Parallel.resultOf(stays).vectors()).containsExactly(vector("stays"));
        assertThat(server.asked.getLast()).containsExactly("stays");
        Parallel.resultOf(blocker);
    }

    @Test
    void open_callerCancelsInABatch_othersGetTheirs() {
        CallContext leaving = CallContext.create();
        Future<Answer> blocker = blocker();
        Future<Answer> left = waiting(leaving, "left", 1);
        Future<Answer> stays = waiting(CallContext.create(), "stays", 2);
        server.answer(1);
        Eventually.await(() -> server.asked.size() == 2);

        leaving.cancellation().cancel();
        assertFailsWith(CallCancelledException.class, left);
        server.answerAll();

        assertThat(Parallel.resultOf(stays).vectors()).containsExactly(vector("stays"));
        assertThat(server.cancelled).hasValue(0);
        Parallel.resultOf(blocker);
    }

    @Test
    void open_allCallersOfABatchCancel_theRequestIsCancelled() {
        List<CallContext> contexts = List.of(CallContext.create(), CallContext.create());
        Future<Answer> blocker = blocker();
        List<Future<Answer>> calls = List.of(waiting(contexts.get(0), "a", 1), waiting(contexts.get(1), "b", 2));
        server.answer(1);
        Eventually.await(() -> server.asked.size() == 2);

        contexts.forEach(context -> context.cancellation().cancel());

        calls.forEach(call -> assertFailsWith(CallCancelledException.class, call));
        Eventually.await(() -> server.cancelled.get() == 1);
        server.answerAll();
        Parallel.resultOf(blocker);
    }

    @Test
    void open_callerRunsOutOfTime_leavesAlone() {
        Future<Answer> blocker = blocker();
        Future<Answer> expired = waiting(CallContext.create().withDeadline(Deadline.after(Duration.ofMillis(20), System::nanoTime)), "late", 1);

        assertFailsWith(LlmTimeoutException.class, expired);
        server.answerAll();

        Parallel.resultOf(blocker);
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void open_unfitText_spoilsOnlyItsOwnCall() {
        server.faults.put("t3", TextServer.Fault.REFUSED);
        List<Future<Answer>> calls = startBehindAnother(8, number -> embed(port, caller("c" + number), "t" + number));

        server.answerAll();

        for (int number = 0; number < 8; number++) {
            Answer answer = Parallel.resultOf(calls.get(number));
            if (number == 3) {
                assertThat(answer.head().status()).isEqualTo(400);
                assertThat(answer.body()).isEqualTo("{\"error\":\"refused 1\"}");
            } else {
                assertThat(answer.vectors()).containsExactly(vector("t" + number));
            }
        }
        assertThat(server.asked).hasSize(2 + 6); // the other request, all eight, and two halves on each of three levels
    }

    @Test
    void open_unfitTextInOneArray_isToldAsItIs() {
        server.faults.put("b", TextServer.Fault.REFUSED);

        Answer answer = embed(port, CallContext.create(), "a", "b", "c");

        assertThat(answer.head().status()).isEqualTo(400);
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void open_onlyUnfitTexts_requestsStayWithinTheBudget() {
        IntStream.range(0, 8).forEach(number -> server.faults.put("t" + number, TextServer.Fault.REFUSED));
        List<Future<Answer>> calls = startBehindAnother(8, number -> embed(port, caller("c" + number), "t" + number));

        server.answerAll();

        calls.forEach(call -> assertThat(Parallel.resultOf(call).head().status()).isEqualTo(400));
        assertThat(server.asked).hasSizeLessThanOrEqualTo(2 + 16);
    }

    @Test
    void open_busyServer_isToldToAllAndNotSplit() {
        List<Future<Answer>> calls = startBehindAnother(4, number -> embed(port, caller("c" + number), "t" + number));
        server.busy = true;

        server.answerAll();

        calls.forEach(call -> assertThat(Parallel.resultOf(call).head().status()).isEqualTo(503));
        assertThat(server.asked).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZERO_IN_ARRAYS", "NAN_IN_ARRAYS", "SHORT_IN_ARRAYS", "LOST_IN_ARRAYS"})
    void open_doubtfulVectorInABatch_isAskedForAlone(TextServer.Fault fault) {
        server.faults.put("t2", fault);
        List<Future<Answer>> calls = startBehindAnother(5, number -> embed(port, caller("c" + number), "t" + number));

        server.answerAll();

        for (int number = 0; number < 5; number++) {
            assertThat(Parallel.resultOf(calls.get(number)).vectors()).containsExactly(vector("t" + number));
        }
        assertThat(server.asked).contains(List.of("t2"));
    }

    @Test
    void open_fewerVectorsThanTextsOfOneArray_areAskedForInHalves() {
        server.faults.put("b", TextServer.Fault.LOST_IN_ARRAYS);

        Answer answer = embed(port, CallContext.create(), "a", "b", "c");

        assertThat(answer.vectors()).containsExactly(vector("a"), vector("b"), vector("c"));
    }

    @Test
    void open_doubtfulVectorInOneArray_isAskedForAlone() {
        server.faults.put("b", TextServer.Fault.ZERO_IN_ARRAYS);

        Answer answer = embed(port, CallContext.create(), "a", "b", "c");

        assertThat(server.asked).containsExactly(List.of("a", "b", "c"), List.of("b"));
        assertThat(answer.vectors()).containsExactly(vector("a"), vector("b"), vector("c"));
    }

    @Test
    void open_vectorThatStaysDoubtful_isPassedButNotStored() {
        server.faults.put("a", TextServer.Fault.ZERO);

        assertThat(embed(port, CallContext.create(), "a").vectors()).containsExactly("[0,0,0,0]");
        assertThat(embed(port, CallContext.create(), "a").vectors()).containsExactly("[0,0,0,0]");

        assertThat(server.asked).hasSize(2);
    }

    @Test
    void open_failingServer_requestsStayWithinTheBudget() {
        IntStream.range(0, 8).forEach(number -> server.faults.put("t" + number, TextServer.Fault.FAILED));
        List<Future<Answer>> calls = startBehindAnother(8, number -> embed(port, caller("c" + number), "t" + number));

        server.answerAll();

        calls.forEach(call -> assertThat(Parallel.resultOf(call).head().status()).isEqualTo(500));
        assertThat(server.asked).hasSizeLessThanOrEqualTo(2 + 8);
    }

    @Test
    void open_requestInProgressIsOverdue_othersAreSent() {
        Future<Answer> blocker = blocker();
        Future<Answer> waiting = waiting(CallContext.create(), "a", 1);

        ticker.advance(Duration.ofSeconds(10));
        Eventually.await(() -> server.asked.size() == 2);

        assertThat(server.asked.getLast()).containsExactly("a");
        server.answerAll();
        Parallel.resultOf(blocker);
        Parallel.resultOf(waiting);
    }

    // Arrays that are too long for the server

    @Test
    void open_arrayAboveTheConfiguredLimit_isSplitAndJoined() {
        port = port(new BatchLimits(64, 1000, 1 << 20, 3), 0, Tenancy.SEPARATE);
        server.mostTexts = 3;

        Answer answer = embed(port, CallContext.create(), "a", "b", "c", "d", "e", "f", "g");

        assertThat(server.asked).containsExactly(List.of("a", "b", "c"), List.of("d", "e", "f"), List.of("g"));
        assertThat(answer.vectors())
                .containsExactly(vector("a"), vector("b"), vector("c"), vector("d"), vector("e"), vector("f"), vector("g"));
        assertThat(answer.tokens()).isEqualTo(14);
        assertThat(answer.isEstimated()).isFalse();
    }

    @Test
    void open_arrayAboveAnUnknownLimit_isSplitAndTheLimitIsLearned() {
        server.mostTexts = 10;
        String[] texts = IntStream.range(0, 100).mapToObj(number -> "t" + number).toArray(String[]::new);

        Answer answer = embed(port, CallContext.create(), texts);
        assertThat(answer.vectors()).containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(number -> vector("t" + number)).toList());

        server.asked.clear();
        String[] others = IntStream.range(0, 100).mapToObj(number -> "u" + number).toArray(String[]::new);
        embed(port, CallContext.create(), others);
        assertThat(server.asked).allMatch(asked -> asked.size() <= 10);
    }

    private EmbeddingExchangePort port(BatchLimits limits, long cacheBytes, Tenancy tenancy) {
        return new EmbeddingExchangePort(
                server,
                settings(limits, cacheBytes, tenancy),
                new JsonReuseClassifier(false),
                (model, context) -> known(),
                residency(),
                metrics,
                ticker::nanos);
    }

    private static EmbeddingBatchSettings settings(BatchLimits limits, long cacheBytes, Tenancy tenancy) {
        return new EmbeddingBatchSettings(
                limits, cacheBytes, Duration.ofHours(1), tenancy, ModelVersioning.DIGEST, Duration.ofSeconds(10));
    }

    private ModelResidency residency() {
        return new ModelResidency(server, ticker::nanos);
    }

    private KnownVersion known() {
        String now = version;
        return now.isEmpty() ? null : new KnownVersion(now, () -> version.equals(now));
    }

    private static CallContext control(CacheControl control) {
        return CallContext.create().with(CallAttributes.CACHE_CONTROL, control);
    }

    private Future<Answer> blocker() {
        server.hold();
        Future<Answer> blocker = Parallel.start(() -> embed(port, CallContext.create(), "blocker"));
        Eventually.await(() -> server.asked.size() == 1);
        return blocker;
    }

    /** Starts a call that waits for the request in progress, and returns when it waits. */
    private Future<Answer> waiting(CallContext context, String text, int position) {
        Future<Answer> call = Parallel.start(() -> embed(port, context, text));
        Eventually.await(() -> metrics.sum(BatchMetrics.WAITING) == position);
        return call;
    }

    private List<Future<Answer>> startBehindAnother(int count, IntFunction<Answer> action) {
        blocker();
        List<Future<Answer>> calls = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            int current = number;
            calls.add(Parallel.start(() -> action.apply(current)));
            int texts = calls.size();
            Eventually.await(() -> metrics.sum(BatchMetrics.WAITING) >= texts);
        }
        return calls;
    }

    private static void assertFailsWith(Class<? extends Throwable> type, Future<?> call) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> call.get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .withCauseInstanceOf(type);
    }
}
