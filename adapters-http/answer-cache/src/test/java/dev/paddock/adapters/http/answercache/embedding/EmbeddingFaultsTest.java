package dev.paddock.adapters.http.answercache.embedding;

import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.caller;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.embed;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.request;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.Answer;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.testsupport.Parallel;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts that are unfit, vectors that are doubtful, servers that fail, and arrays that are too long for them. */
class EmbeddingFaultsTest extends EmbeddingCalls {

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
}
