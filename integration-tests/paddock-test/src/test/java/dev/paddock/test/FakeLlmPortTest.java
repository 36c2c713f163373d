package dev.paddock.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateRequest;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is special about the fake; the rest is in {@link StubbedModelsTest}. */
@Timeout(60)
class FakeLlmPortTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ChatRequest REQUEST = ChatRequest.of("m", "go");

    private final FakeLlmPort fake = new FakeLlmPort();

    @Test
    void stream_complete_endsWithItsCompletionAndIsNotAbandoned() {
        fake.byDefault(StubAnswer.pieces("a", "b").thinking("hm"));

        try (ResponseStream<ChatChunk> stream = fake.chatStream(REQUEST)) {
            assertThat(stream.next().message().thinking()).isEqualTo("hm");
            assertThat(stream.next().text()).isEqualTo("a");
            assertThat(stream.next().completion()).isNull();
            ChatChunk last = stream.next();
            assertThat(last.completion()).isNotNull();
            assertThat(last.completion().usage().completion()).isEqualTo(3);
            assertThat(stream.hasNext()).isFalse();
            assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(stream::next);
        }
        assertThat(fake.abandonedCalls()).isZero();
        assertThat(fake.chat(REQUEST).message().thinking()).isEqualTo("hm");
    }

    @Test
    void generateStream_comesPieceByPiece() {
        fake.byDefault("once upon");

        try (ResponseStream<GenerateChunk> stream = fake.generateStream(GenerateRequest.of("m", "go"))) {
            assertThat(stream.next().text()).isEqualTo("once");
            assertThat(stream.next().text()).isEqualTo(" upon");
            assertThat(stream.next().completion().reason()).isEqualTo("stop");
        }
    }

    @Test
    void call_withoutAnyStub_isRefused() {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> fake.chat(REQUEST)).withMessageContaining("no stub of the test");
    }

    @Test
    void call_cancelledBefore_isNeverReceived() {
        fake.byDefault("yes");
        CallContext context = CallContext.create();
        context.cancellation().cancel();

        assertThatExceptionOfType(CallCancelledException.class).isThrownBy(() -> fake.chat(REQUEST, context));
        assertThat(fake.calls()).isEmpty();
    }

    @Test
    void deadline_passesWhileTheAnswerIsHeld_isATimeout() {
        Latch never = new Latch();
        fake.byDefault(StubAnswer.pieces("a", "b").heldAfter(1, never));

        LlmTimeoutException failure = catchThrowableOfType(LlmTimeoutException.class, () ->
                fake.chat(REQUEST, CallContext.within(Duration.ofMillis(20), System::nanoTime)));

        assertThat(failure.limit()).isEqualTo(Duration.ofMillis(20));
        assertThat(failure.facts().textReceived()).isEqualTo("a");
        assertThat(fake.abandonedCalls()).isZero();
    }

    @Test
    void deadline_thatHasPassed_isATimeoutBeforeAndBetweenPieces() {
        fake.byDefault(StubAnswer.pieces("a", "b"));
        AtomicLong now = new AtomicLong();
        CallContext context = CallContext.within(Duration.ofSeconds(1), now::get);

        try (ResponseStream<ChatChunk> stream = fake.chatStream(REQUEST, context)) {
            assertThat(stream.next().text()).isEqualTo("a");
            now.set(Duration.ofSeconds(1).toNanos());
            LlmTimeoutException slow = catchThrowableOfType(LlmTimeoutException.class, stream::next);
            assertThat(slow.facts().textReceived()).isEqualTo("a");
        }
        assertThat(catchThrowableOfType(LlmTimeoutException.class, () -> fake.chat(REQUEST, context)).phase()).isEqualTo(CallPhase.CALL);
    }

    @Test
    void deadline_longerThanTheDelay_isNoTimeout() {
        fake.byDefault(StubAnswer.text("late").after(Duration.ofMillis(5)));

        assertThat(fake.chat(REQUEST, CallContext.create().withDeadline(Deadline.after(Duration.ofHours(1), System::nanoTime))).text())
                .isEqualTo("late");
    }

    @Test
    void failure_ofAStream_isItsLast() {
        fake.byDefault(StubAnswer.pieces("a", "b").failedAfter(1, "broken"));

        try (ResponseStream<ChatChunk> stream = fake.chatStream(REQUEST)) {
            assertThat(stream.next().text()).isEqualTo("a");
            LlmException first = catchThrowableOfType(LlmException.class, stream::hasNext);
            assertThat(catchThrowableOfType(LlmException.class, stream::next)).isSameAs(first);
        }
        assertThat(fake.abandonedCalls()).isZero();
    }

    @Test
    void close_fromAnotherThread_endsTheWait() throws Exception {
        Latch latch = new Latch();
        fake.byDefault(StubAnswer.text("never").heldBy(latch));
        ResponseStream<ChatChunk> stream = fake.chatStream(REQUEST);
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(stream::hasNext);
        assertThat(latch.awaitArrival(PATIENCE)).isTrue();

        stream.close();

        assertThat(waiting).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(CallCancelledException.class);
        fake.awaitAbandonedCall(PATIENCE);
        fake.reset();
        assertThat(fake.abandonedCalls()).isZero();
    }

    @Test
    void interrupt_whileTheAnswerIsHeld_endsTheCallAndKeepsTheFlag() throws Exception {
        Latch latch = new Latch();
        fake.byDefault(StubAnswer.text("never").heldBy(latch));
        AtomicReference<String> seen = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                fake.chat(REQUEST);
            } catch (CallCancelledException cancelled) {
                seen.set(cancelled.getMessage() + " " + Thread.currentThread().isInterrupted());
            }
        });
        assertThat(latch.awaitArrival(PATIENCE)).isTrue();

        thread.interrupt();

        assertThat(thread.join(PATIENCE)).isTrue();
        assertThat(seen).hasValue("the waiting thread was interrupted true");
    }

    @Test
    void awaitAbandonedCall_nobodyLeaves_listsTheCalls() {
        fake.byDefault("yes");
        fake.chat(REQUEST);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> fake.awaitAbandonedCall(Duration.ZERO))
                .withMessageContaining("1. chat of model 'm'");
    }
}
