package dev.paddock.adapters.http.answercache.embedding;

import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.NATIVE;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.OPENAI;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.caller;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.embed;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.request;
import static dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.vector;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.answercache.embedding.EmbeddingTestClient.Answer;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance.Source;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which texts are sent together, and what happens when their callers leave. */
class EmbeddingBatchTest extends EmbeddingCalls {

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
    void open_textsOfSeveralCallers_nameTheCallsThatTheyServe() {
        List<Future<Answer>> calls = startBehindAnother(3, number -> embed(port, caller("c" + number), "t" + number));

        server.answerAll();
        calls.forEach(Parallel::resultOf);

        assertThat(server.contexts.getFirst().get(CallAttributes.SERVED_CALLS)).isNull();
        assertThat(Objects.requireNonNull(server.contexts.getLast().get(CallAttributes.SERVED_CALLS)))
                .extracting(call -> call.get(CallAttributes.CALLER))
                .containsExactlyInAnyOrder("c0", "c1", "c2");
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
}
