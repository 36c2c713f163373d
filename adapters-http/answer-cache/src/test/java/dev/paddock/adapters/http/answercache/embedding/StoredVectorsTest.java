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

import dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.Answer;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.domain.error.AnswerNotCachedException;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance.Source;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are answered from memory. */
class StoredVectorsTest extends EmbeddingCalls {

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
    void forget_someVectors_onlyTheseAreAskedAgain() {
        embed(port, caller("one"), "a");
        embed(port, caller("two"), "a");
        port.forget(new AnswerSelection("one", null));
        port.forget(new AnswerSelection(null, "other"));

        embed(port, caller("two"), "a");
        assertThat(server.asked).hasSize(2);
        embed(port, caller("one"), "a");
        assertThat(server.asked).hasSize(3);
        port.forget(new AnswerSelection(null, "m"));
        assertThat(metrics.sum(BatchMetrics.BYTES)).isZero();
        embed(port, caller("two"), "a");
        assertThat(server.asked).hasSize(4);
    }

    @Test
    void forget_whileAVectorIsOnItsWay_itIsNotStored() {
        Future<Answer> blocker = blocker();
        port.forget(AnswerSelection.ALL);
        server.answerAll();
        Parallel.resultOf(blocker);

        embed(port, CallContext.create(), "blocker");
        assertThat(server.asked).hasSize(2);
        embed(port, CallContext.create(), "blocker");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void forget_vectorsOfAnotherTenantWhileTheRestIsSent_nothingIsSentAgain() {
        embed(port, caller("two"), "a");
        server.hold();
        Future<Answer> call = Parallel.start(() -> embed(port, caller("two"), "a", "b"));
        Eventually.await(() -> server.asked.size() == 2);
        port.forget(new AnswerSelection("one", null));
        server.answerAll();

        assertThat(Parallel.resultOf(call).vectors()).containsExactly(vector("a"), vector("b"));
        assertThat(server.asked).containsExactly(List.of("a"), List.of("b"));
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
    void open_modelChangesWhileTheRestIsSent_vectorsOfTwoModelsAreNotMixed() {
        embed(port, CallContext.create(), "a");
        server.hold();
        Future<Answer> call = Parallel.start(() -> embed(port, CallContext.create(), "a", "b"));
        Eventually.await(() -> server.asked.size() == 2);
        version = "v2";
        server.answerAll();

        assertThat(Parallel.resultOf(call).vectors()).containsExactly(vector("a"), vector("b"));
        assertThat(server.asked).containsExactly(List.of("a"), List.of("b"), List.of("a", "b"));
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
    void open_longFieldsBesideTheVectors_countInTheMemory() {
        port = port(LIMITS, 20_000, Tenancy.SEPARATE);
        server.note = "x".repeat(10_000);

        embed(port, CallContext.create(), "a");
        embed(port, CallContext.create(), "a");

        assertThat(server.asked).hasSize(2);
        assertThat(metrics.sum(BatchMetrics.BYTES)).isZero();
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
}
