package dev.paddock.ports.exchange.decorator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.PhaseTimeouts;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Equal requests in progress share one call. */
class SingleFlightExchangePortTest extends SingleFlightCalls {

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
    void open_otherRequestTenantUrgencyTimeoutsShapeOrDirective_isNotJoined() {
        CallContext plain = CallContext.create();
        start(REQUEST, plain);
        start(request("/b"), plain);
        start(REQUEST, plain.with(CallAttributes.CALLER, "key-1"));
        start(REQUEST, plain.with(CallAttributes.CALLER, "key-2"));
        start(REQUEST, plain.with(CallAttributes.PRIORITY, CallAttributes.Priority.BATCH));
        start(REQUEST, plain.with(CallAttributes.PHASE_TIMEOUTS, PhaseTimeouts.UNCHANGED.withReadIdle(Duration.ofSeconds(1))));
        start(REQUEST.asStream(), plain);
        start(REQUEST, plain.with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withNoCache()));
        start(REQUEST, plain.with(CallAttributes.CACHE_CONTROL, CacheControl.DEFAULT.withNoStore()));
        start(request("/sampled"), plain);
        start(request("/sampled"), plain);
        start(request("/no"), plain);
        start(request("/no"), plain);

        for (int count = 0; count < 13; count++) {
            server.next().head(200).frames("a").end();
        }
        assertThat(server.calls()).isEqualTo(13);
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
}
