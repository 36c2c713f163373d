package dev.paddock.e2e.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.e2e.fault.Outcome.Seen;
import dev.paddock.testsupport.Eventually;
import dev.paddock.tck.server.ScriptedServer;

/** One execution of a case: a server, a client as its users start it, one call, and what is left behind. */
final class FaultRun {

    private final FaultCase faultCase;
    private final FaultScenario scene;
    private final ScriptedServer server;
    private final Paddock paddock;

    private FaultRun(FaultCase faultCase, FaultScenario scene, ScriptedServer server, Paddock paddock) {
        this.faultCase = faultCase;
        this.scene = scene;
        this.server = server;
        this.paddock = paddock;
    }

    /** Runs the case over the transport of the given name and checks all there is to be seen. */
    static void check(FaultCase faultCase, String transport) {
        FaultScenario scene = new FaultScenario(faultCase.call(), faultCase.persistence());
        try (ScriptedServer server = ScriptedServer.start(faultCase.fault().serverSide().script(scene));
                UnreachableServer nobody = faultCase.fault().serverSide().nobody();
                Paddock paddock = FaultClients.start(
                        nobody == null ? "127.0.0.1" : nobody.host(),
                        nobody == null ? server.port() : nobody.port(),
                        transport,
                        faultCase.fault().client().meeting(faultCase.persistence()))) {
            new FaultRun(faultCase, scene, server, paddock).check();
        }
    }

    private void check() {
        prepare();
        Called called = call();
        EndpointPool.Usage usage = paddock.pool().pools().getFirst().usage();
        Seen expected = faultCase.expected().seen();
        int idle = usage.idle() == null ? expected.idle() : usage.idle();
        Measurements measured = Measurements.of(paddock, faultCase.call());
        assertThat(new Outcome(
                        called.outcome(),
                        called.text(),
                        new Seen(attempts(), measured.retries(), measured.onlyOutcome(), idle)))
                .as("%s", faultCase)
                .isEqualTo(faultCase.expected());
        assertThat(usage.leased()).as("leased connections").isZero();
        Eventually.await(
                () -> faultCase + ": " + idle + " connections open at the server, which has " + server.open(),
                () -> server.open() == idleNow(idle));
    }

    /** Returns how many connections are idle by now: the pool may have closed some since the call, as it should. */
    private int idleNow(int afterTheCall) {
        Integer now = paddock.pool().pools().getFirst().usage().idle();
        return now == null ? afterTheCall : now;
    }

    private Called call() {
        try {
            return new Called("ok", faultCase.call().make(paddock, faultCase.fault().client().text()));
        } catch (LlmException failure) {
            // A server that has not read the last attempt yet, when that has run out of time, reads it still.
            Eventually.await(
                    () -> attempts() + " attempts at the server to be what is told by " + failure,
                    () -> failure.facts().attempts() == attempts());
            return new Called(Failure.of(failure).toString(), failure.facts().textReceived());
        } finally {
            scene.endCall();
        }
    }

    private void prepare() {
        if (faultCase.fault().serverSide().needsIdleConnection()) {
            paddock.models().version(CallContext.create());
            scene.setIdle();
            scene.awaitReady();
        }
    }

    /** Returns the attempts that the server saw; who is not there sees none. */
    private int attempts() {
        return faultCase.fault().isAbsent() ? faultCase.expected().seen().attempts() : scene.attempts();
    }

    /** What the caller has. */
    private record Called(String outcome, String text) {}
}
