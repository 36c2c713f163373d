package dev.paddock.ports.exchange.decorator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.RequestReuse;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Equal requests in progress share one call. */
class SingleFlightExchangePortTest {

    private static final int BUFFER = 2048;
    private static final ExchangeRequest REQUEST = request("/a");

    private final ControlledServer server = new ControlledServer();
    private final Counts counts = new Counts();
    private final SingleFlightExchangePort port = port(WhenAbandoned.CANCEL, Tenancy.SEPARATE);

    @AfterEach
    void nothingIsHeld() {
        port.close();
        Eventually.await("the buffers are empty", () -> counts.of(ReuseMetrics.BYTES_HELD.with()) == 0);
    }

    @Test
    void open_manyAtOnce_makesOneCallWithEqualFrames() {
        List<Future<List<String>>> callers = start(100, REQUEST);
        ControlledServer.Answer answer = server.next();
        awaitJoined(99);
        answer.head(200).frames("a", "b", "c").end();

        assertThat(callers).allSatisfy(caller -> assertThat(Parallel.resultOf(caller)).containsExactly("a", "b", "c"));
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void open_lateCaller_getsTheAnswerFromItsStart() {
        Future<Exchange> first = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frames("a", "b");
        Exchange leader = Parallel.resultOf(first);
        assertThat(text(leader.next())).isEqualTo("a");
        assertThat(text(leader.next())).isEqualTo("b");

        Exchange follower = port.open(REQUEST, CallContext.create());
        answer.frames("c").end();

        assertThat(rest(follower)).containsExactly("a", "b", "c");
        assertThat(rest(leader)).containsExactly("c");
        assertThat(leader.head().provenance().source()).isEqualTo(Provenance.Source.BACKEND);
        assertThat(follower.head().provenance().source()).isEqualTo(Provenance.Source.COALESCED);
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void open_otherRequestTenantUrgencyShapeOrDirective_isNotJoined() {
        CallContext plain = CallContext.create();
        start(REQUEST, plain);
        start(request("/b"), plain);
        start(REQUEST, plain.with(CallAttributes.CALLER, "key-1"));
        start(REQUEST, plain.with(CallAttributes.CALLER, "key-2"));
        start(REQUEST, plain.with(CallAttributes.PRIORITY, CallAttributes.Priority.BATCH));
        start(REQUEST.asStream(), plain);
        start(REQUEST, plain.with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withNoCache()));
        start(REQUEST, plain.with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withNoStore()));
        start(request("/sampled"), plain);
        start(request("/sampled"), plain);
        start(request("/no"), plain);
        start(request("/no"), plain);

        for (int count = 0; count < 12; count++) {
            server.next().head(200).frames("a").end();
        }
        assertThat(server.calls()).isEqualTo(12);
    }

    @Test
    void open_sharedTenancy_isJoined() {
        SingleFlightExchangePort shared = port(WhenAbandoned.CANCEL, Tenancy.SHARED);
        Future<Exchange> one =
                Parallel.start(() -> shared.open(REQUEST, CallContext.create().with(CallAttributes.CALLER, "key-1")));
        ControlledServer.Answer answer = server.next().head(200).frames("a");
        Exchange other = shared.open(REQUEST, CallContext.create().with(CallAttributes.CALLER, "key-2"));
        answer.end();

        assertThat(rest(other)).containsExactly("a");
        assertThat(rest(Parallel.resultOf(one))).containsExactly("a");
        assertThat(server.calls()).isEqualTo(1);
    }

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
    void open_firstFrameIsGone_makesAnotherCall() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200);
        for (int number = 0; number < 100; number++) {
            answer.frames(String.valueOf(number));
        }
        Exchange first = Parallel.resultOf(opened);
        for (int number = 0; number < 90; number++) {
            first.next();
        }

        Future<Exchange> later = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        server.next().head(200).frames("x").end();

        assertThat(rest(Parallel.resultOf(later))).containsExactly("x");
        first.close();
    }

    @Test
    void open_leaderFailsEarly_oneOfTheOthersAsksAgain() {
        List<Future<List<String>>> callers = start(5, REQUEST);
        ControlledServer.Answer failing = server.next();
        awaitJoined(4);
        failing.fail(new ConnectionLostException("lost", ErrorFacts.NONE));
        ControlledServer.Answer second = server.next();
        awaitJoined(4 + 3);
        second.head(200).frames("a").end();

        assertThat(outcomes(callers)).containsExactlyInAnyOrder("lost", "[a]", "[a]", "[a]", "[a]");
        assertThat(server.calls()).isEqualTo(2);
        assertThat(counts.of(ReuseMetrics.LEADER_FAILED.with("chat"))).isEqualTo(1);
    }

    @Test
    void open_leaderIsRefused_theRefusalIsNotMultiplied() {
        List<Future<List<String>>> callers = start(4, REQUEST);
        ControlledServer.Answer refusing = server.next();
        awaitJoined(3);
        refusing.head(429).frames("busy").end();
        ControlledServer.Answer second = server.next();
        awaitJoined(3 + 2);
        second.head(200).frames("a").end();

        assertThat(outcomes(callers)).containsExactlyInAnyOrder("[busy]", "[a]", "[a]", "[a]");
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void open_serverFailsAlways_endsAfterThreeCalls() {
        List<Future<List<String>>> callers = start(20, REQUEST);
        int joined = 19;
        for (int count = 0; count < 3; count++) {
            ControlledServer.Answer answer = server.next();
            awaitJoined(joined);
            joined += 18 - count;
            answer.fail(new ConnectionLostException("lost", ErrorFacts.NONE));
        }

        assertThat(outcomes(callers)).hasSize(20).containsOnly("lost");
        assertThat(server.calls()).isEqualTo(3);
    }

    @Test
    void open_requestIsRefusedForItself_allGetTheRefusal() {
        List<Future<List<String>>> callers = start(4, REQUEST);
        ControlledServer.Answer refusing = server.next();
        awaitJoined(3);
        refusing.head(400).frames("no").end();

        assertThat(outcomes(callers)).containsOnly("[no]");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void open_failureThatIsNotRetryable_isThatOfAll() {
        List<Future<List<String>>> callers = start(4, REQUEST);
        ControlledServer.Answer refusing = server.next();
        awaitJoined(3);
        refusing.fail(new InvalidRequestException("no", ErrorFacts.NONE));

        assertThat(outcomes(callers)).containsOnly("no");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void next_failureAfterTheFirstFrame_isThatOfAll() {
        List<Future<LlmException>> callers = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            callers.add(Parallel.start(() -> failureOf(port.open(REQUEST, CallContext.create()))));
        }
        ControlledServer.Answer answer = server.next();
        awaitJoined(4);
        GenerationFailedException failure = new GenerationFailedException("crash", ErrorFacts.NONE);
        answer.head(200).frames("a").fail(failure);

        assertThat(callers).allSatisfy(caller -> assertThat(Parallel.resultOf(caller)).isSameAs(failure));
        assertThat(server.calls()).isEqualTo(1);
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
        Future<Exchange> leader =
                Parallel.start(() -> port.open(REQUEST, CallContext.within(Duration.ofMillis(20), System::nanoTime)));
        ControlledServer.Answer answer = server.next();
        Future<List<String>> follower = start(1, REQUEST).getFirst();

        assertThatThrownBy(() -> Parallel.resultOf(leader)).hasCauseInstanceOf(LlmTimeoutException.class);
        assertThat(answer.context().deadline()).isNull();
        awaitJoined(1);
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

        context.cancellation().cancel(); // nobody needs to pull for that

        assertThat(answer.isCancelled()).isTrue();
        assertThatThrownBy(follower::next).isInstanceOf(CallCancelledException.class);
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
        SingleFlightExchangePort finishing = port(WhenAbandoned.FINISH, Tenancy.SEPARATE);
        Future<Exchange> opened =
                Parallel.start(() -> finishing.open(REQUEST, CallContext.within(Duration.ofMillis(50), System::nanoTime)));
        ControlledServer.Answer answer = server.next().head(200).frames("a");
        Exchange only = Parallel.resultOf(opened);
        assertThat(text(only.next())).isEqualTo("a");

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
    void open_afterAChangeOfModels_isNotJoined() {
        Future<Exchange> before = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer oldAnswer = server.next().head(200).frames("old");
        Exchange old = Parallel.resultOf(before);
        Future<Exchange> change = Parallel.start(
                () -> port.open(ExchangeRequest.post(Operation.PULL_MODEL, "/api/pull", new byte[0]), CallContext.create()));
        server.next().head(200).frames("{}").end();
        rest(Parallel.resultOf(change));

        Future<Exchange> after = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        server.next().head(200).frames("new").end();

        assertThat(rest(Parallel.resultOf(after))).containsExactly("new");
        oldAnswer.end();
        assertThat(rest(old)).containsExactly("old");
    }

    @Test
    void open_heartbeatsFirst_waitsForTheFirstContent() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200).frame(Frame.data("\n".getBytes(UTF_8), 0, 0));
        answer.fail(new ConnectionLostException("lost", ErrorFacts.NONE));

        assertThat(outcome(opened)).isEqualTo("lost");
    }

    @Test
    void open_endlessHeartbeats_areReadAtLast() {
        Future<Exchange> opened = Parallel.start(() -> port.open(REQUEST, CallContext.create()));
        ControlledServer.Answer answer = server.next().head(200);
        for (int count = 0; count < 100; count++) {
            answer.frame(Frame.data("\n".getBytes(UTF_8), 0, 0));
        }
        answer.frames("a").end();

        assertThat(rest(Parallel.resultOf(opened))).hasSize(101).endsWith("a");
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

    private SingleFlightExchangePort port(WhenAbandoned whenAbandoned, Tenancy tenancy) {
        return new SingleFlightExchangePort(
                server,
                (request, context) -> classify(request),
                new SingleFlightSettings(BUFFER, false, tenancy, whenAbandoned),
                counts);
    }

    private static RequestReuse classify(ExchangeRequest request) {
        return switch (request.target()) {
            case "/no" -> new RequestReuse.NotReusable(BypassReason.OPERATION);
            case "/sampled" -> reusable(request, ReuseKind.SAMPLED);
            default -> reusable(request, ReuseKind.DETERMINISTIC);
        };
    }

    private static RequestReuse reusable(ExchangeRequest request, ReuseKind kind) {
        return new RequestReuse.Reusable(
                new RequestFingerprint(request.target().hashCode(), 0, 0, 0),
                kind,
                request.isStream() ? AnswerShape.STREAM : AnswerShape.WHOLE,
                false);
    }

    private static ExchangeRequest request(String target) {
        return ExchangeRequest.post(Operation.CHAT, target, new byte[0]);
    }

    private Future<List<String>> start(ExchangeRequest request, CallContext context) {
        return Parallel.start(() -> rest(port.open(request, context)));
    }

    private List<Future<List<String>>> start(int callers, ExchangeRequest request) {
        List<Future<List<String>>> started = new ArrayList<>();
        for (int count = 0; count < callers; count++) {
            started.add(Parallel.start(() -> rest(port.open(request, CallContext.create()))));
        }
        return started;
    }

    private void awaitJoined(int calls) {
        Eventually.await("calls are joined", () -> counts.of(ReuseMetrics.JOINED.with("chat")) == calls);
    }

    private static List<String> outcomes(List<Future<List<String>>> callers) {
        return callers.stream().map(SingleFlightExchangePortTest::outcome).toList();
    }

    private static String outcome(Future<?> caller) {
        try {
            return Parallel.resultOf(caller).toString();
        } catch (AssertionError failed) {
            return failed.getCause().getMessage();
        }
    }

    private static LlmException failureOf(Exchange exchange) {
        try {
            throw new AssertionError("complete: " + rest(exchange));
        } catch (LlmException failure) {
            return failure;
        }
    }

    private static List<String> rest(Exchange exchange) {
        List<String> texts = new ArrayList<>();
        try (exchange) {
            for (Frame frame = exchange.next(); frame != null; frame = exchange.next()) {
                texts.add(text(frame));
            }
        }
        return texts;
    }

    private static String text(Frame frame) {
        return new String(frame.bytes(), UTF_8);
    }

    /** Keeps what was counted. */
    static final class Counts implements MetricsPort {

        private final Map<Metric.Series, AtomicLong> values = new ConcurrentHashMap<>();
        private final Map<Metric.Series, AtomicLong> highest = new ConcurrentHashMap<>();

        long of(Metric.Series series) {
            return values.computeIfAbsent(series, first -> new AtomicLong()).get();
        }

        long highest(Metric.Series series) {
            return highest.computeIfAbsent(series, first -> new AtomicLong()).get();
        }

        @Override
        public void count(Metric.Series series, long amount) {
            adjust(series, amount);
        }

        @Override
        public void duration(Metric.Series series, Duration duration) {}

        @Override
        public void gauge(Metric.Series series, DoubleSupplier source) {}

        @Override
        public void adjust(Metric.Series series, long change) {
            long now = values.computeIfAbsent(series, first -> new AtomicLong()).addAndGet(change);
            highest.computeIfAbsent(series, first -> new AtomicLong()).accumulateAndGet(now, Math::max);
        }
    }
}
