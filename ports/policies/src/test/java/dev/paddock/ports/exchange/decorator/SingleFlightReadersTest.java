package dev.paddock.ports.exchange.decorator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The readers of a shared call lag behind, leave, cancel and run out of time without an effect on each other. */
class SingleFlightReadersTest extends SingleFlightCalls {

    @Test
    void next_slowReader_isLostAndNeverComplete() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frames("0");
        Exchange slow = Parallel.resultOf(opened);
        Exchange fast = port.open(REQUEST, CallContext.create());
        List<String> expected = new ArrayList<>(List.of("0"));
        for (int number = 1; number < 200; number++) {
            answer.frames(String.valueOf(number));
            expected.add(String.valueOf(number));
        }
        answer.end();

        assertThat(rest(fast)).isEqualTo(expected);
        assertThatThrownBy(slow::next).isInstanceOf(TruncatedResponseException.class);
        assertThatThrownBy(slow::next).isInstanceOf(TruncatedResponseException.class);
        assertThat(counts.of(ReuseMetrics.READERS_LOST.with("chat"))).isEqualTo(1);
        assertThat(counts.highest(ReuseMetrics.BYTES_HELD.with())).isLessThan(BUFFER + 200);
    }

    @Test
    void next_onlyReader_isNeverLostAndSlowsTheServer() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200);
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 3000; number++) {
            answer.frames(String.valueOf(number));
            expected.add(String.valueOf(number));
        }
        answer.end();
        Exchange only = Parallel.resultOf(opened);
        Eventually.await("the buffer is full", () -> counts.of(ReuseMetrics.BYTES_HELD.with()) >= BUFFER);

        assertThat(answer.framesRead()).isLessThan(100);
        assertThat(rest(only)).isEqualTo(expected);
    }

    @Test
    void close_leaderLeaves_othersGetTheWholeAnswer() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frames("a");
        Exchange leader = Parallel.resultOf(opened);
        Exchange follower = port.open(REQUEST, CallContext.create());

        leader.close();
        answer.frames("b").end();

        assertThat(rest(follower)).containsExactly("a", "b");
        assertThat(answer.isCancelled()).isFalse();
        assertThatThrownBy(leader::next).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void open_leaderCancelsWhileItWaits_leavesAtOnceAndAlone() {
        CallContext context = CallContext.create();
        Future<Exchange> leader = Parallel.start(() -> port.open(REQUEST, context));
        ControlledServer.Answer answer = server.next();
        Future<List<String>> follower = start(1, REQUEST).getFirst();
        awaitJoined(1);

        context.cancellation().cancel();

        assertThatThrownBy(() -> Parallel.resultOf(leader)).hasCauseInstanceOf(CallCancelledException.class);
        assertThat(answer.isCancelled()).isFalse();
        answer.head(200).frames("a").end();
        assertThat(Parallel.resultOf(follower)).containsExactly("a");
    }

    @Test
    void open_followerRunsOutOfTime_leavesAlone() {
        Future<List<String>> leader = start(1, REQUEST).getFirst();
        ControlledServer.Answer answer = server.next();

        assertThatThrownBy(() -> port.open(REQUEST, CallContext.within(Duration.ofMillis(20), System::nanoTime)))
                .isInstanceOf(LlmTimeoutException.class);
        assertThat(answer.isCancelled()).isFalse();
        answer.head(200).frames("a").end();
        assertThat(Parallel.resultOf(leader)).containsExactly("a");
    }

    @Test
    void open_sharedCall_hasNoDeadlineOfOneCaller() {
        ManualTicker ticker = new ManualTicker(); // the leader has time until the other has joined
        Future<Exchange> leader =
                Parallel.start(() -> port.open(REQUEST, CallContext.within(Duration.ofMillis(20), ticker::nanos)));
        ControlledServer.Answer answer = server.next();
        Future<List<String>> follower = start(1, REQUEST).getFirst();
        awaitJoined(1);
        ticker.advance(Duration.ofMillis(20));

        assertThatThrownBy(() -> Parallel.resultOf(leader)).hasCauseInstanceOf(LlmTimeoutException.class);
        assertThat(answer.context().deadline()).isNull();
        answer.head(200).frames("a").end();
        assertThat(Parallel.resultOf(follower)).containsExactly("a");
    }

    @Test
    void close_lastReaderLeaves_cancelsTheCall() {
        CallContext context = CallContext.create();
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frames("a");
        Exchange follower = port.open(REQUEST, context);
        Parallel.resultOf(opened).close();
        assertThat(answer.isCancelled()).isFalse();

        context.cancellation().cancel(); // returns when the call is cancelled, so that there is no time to measure

        assertThat(answer.isCancelled()).isTrue();
        assertThatThrownBy(follower::next).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void close_lastReaderCloses_returnsWhenTheCallIsCancelled() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frames("a");

        Parallel.resultOf(opened).close();

        assertThat(answer.isCancelled()).isTrue();
    }

    @Test
    void open_whileAnAbandonedCallEnds_isNotJoined() {
        ManualTicker ticker = new ManualTicker();
        SingleFlightExchangePort finishing = port(WhenAbandoned.FINISH, Tenancy.SEPARATE);
        CallContext limited = CallContext.within(Duration.ofMinutes(1), ticker::nanos);
        Future<Exchange> opened = Parallel.start(() -> finishing.open(REQUEST, limited));
        ControlledServer.Answer abandoned = server.next().head(200).frames("a");
        Parallel.resultOf(opened).close();
        CompletableFuture<Future<List<String>>> later = new CompletableFuture<>();
        abandoned.onClose(() -> {
            later.complete(Parallel.start(() -> rest(finishing.open(REQUEST, CallContext.create()))));
            Eventually.await("the later call joins or is made", () -> server.calls() == 2 || counts.of(ReuseMetrics.JOINED.with("chat")) == 1);
        });

        ticker.advance(Duration.ofMinutes(1));
        abandoned.frames("b"); // shows that the answer is not wanted any more

        server.next().head(200).frames("x").end();
        assertThat(Parallel.resultOf(Parallel.resultOf(later))).containsExactly("x");
    }

    @Test
    void open_lastCallerRunsOutOfTimeBeforeTheHead_cancelsTheCall() {
        assertThatThrownBy(() -> port.open(REQUEST, CallContext.within(Duration.ofMillis(20), System::nanoTime)))
                .isInstanceOf(LlmTimeoutException.class);

        Eventually.await("the call is cancelled", () -> server.next().isCancelled());
    }

    @Test
    void close_lastReaderLeavesAndAnswersAreFinished_readsToTheEnd() {
        SingleFlightExchangePort finishing = port(WhenAbandoned.FINISH, Tenancy.SEPARATE);
        Future<Exchange> opened = Parallel.start(() -> finishing.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frames("a");
        Parallel.resultOf(opened).close();
        Exchange later = finishing.open(REQUEST, CallContext.create()); // as a client that tries again
        answer.frames("b").end();

        assertThat(rest(later)).containsExactly("a", "b");
        assertThat(answer.isCancelled()).isFalse();
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void close_lastReaderLeavesAfterItsDeadline_endsTheCallAlthoughAnswersAreFinished() {
        ManualTicker ticker = new ManualTicker();
        SingleFlightExchangePort finishing = port(WhenAbandoned.FINISH, Tenancy.SEPARATE);
        Future<Exchange> opened =
                Parallel.start(() -> finishing.open(REQUEST, CallContext.within(Duration.ofMillis(50), ticker::nanos)));
        ControlledServer.Answer answer = server.next().head(200).frames("a");
        Exchange only = Parallel.resultOf(opened);
        assertThat(text(only.next())).isEqualTo("a");
        ticker.advance(Duration.ofMillis(50));

        assertThatThrownBy(only::next).isInstanceOf(LlmTimeoutException.class);
        Eventually.await("the call is cancelled", answer::isCancelled);
    }

    @Test
    void close_lastReaderLeavesAfterTheTerminalFrame_completesTheAnswer() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frame(Frame.terminal("a".getBytes(UTF_8)));
        Exchange only = Parallel.resultOf(opened);
        assertThat(text(only.next())).isEqualTo("a");

        only.close();
        answer.end();

        Eventually.await("the buffers are empty", () -> counts.of(ReuseMetrics.BYTES_HELD.with()) == 0);
        assertThat(answer.isCancelled()).isFalse();
    }

    @Test
    void close_port_endsEveryCall() {
        List<Future<List<String>>> callers = start(3, REQUEST);
        ControlledServer.Answer answer = server.next();
        awaitJoined(2);

        port.close();

        assertThat(callers).allSatisfy(caller ->
                assertThatThrownBy(() -> Parallel.resultOf(caller)).hasCauseInstanceOf(ClientClosedException.class));
        assertThat(answer.isCancelled()).isTrue();
        assertThatThrownBy(() -> port.open(REQUEST, CallContext.create())).isInstanceOf(ClientClosedException.class);
    }
}
