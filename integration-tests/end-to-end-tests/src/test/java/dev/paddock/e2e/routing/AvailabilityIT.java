package dev.paddock.e2e.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers see while one of four servers misbehaves: how many calls succeed, and how often each is answered, as the servers count it. */
class AvailabilityIT {

    private static final int CALLS = 3000;
    private static final int CALLERS = 8;
    private static final int CALLS_OF_A_PHASE = 50; // so many calls the server misbehaves, and so many it does not
    private static final double LEAST_SUCCESS = 0.999;

    private enum Misbehaviour {
        RESETS(new Fault.Disconnect(TcpClose.RESET)),
        FAILS(Fault.status(500, "model runner has unexpectedly stopped")),
        REFUSES(Fault.busy()),
        SPEAKS_NONSENSE(Fault.garbageStatusLine());

        private final Fault fault;

        Misbehaviour(Fault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource
    void chat_oneServerFlaps_callsSucceedAndNoneIsAnsweredTwice(Misbehaviour misbehaviour) throws Exception {
        Map<String, String> values = Map.of("paddock.routing.poll", "100ms");
        try (Fleet fleet = Fleet.of(4, settings -> Fleet.withModel(settings, Fleet.MODEL).parallel(8).tokensPerAnswer(3), values)) {
            int successes = run(fleet, call -> {
                fleet.server(0).faults().clear();
                if (call / CALLS_OF_A_PHASE % 2 == 0) {
                    fleet.server(0).faults().enqueue(FaultScript.on("/api/chat").times(CALLS).then(misbehaviour.fault));
                }
            });

            assertThat(successes).isGreaterThanOrEqualTo((int) Math.ceil(CALLS * LEAST_SUCCESS));
            long answered = 0;
            for (int server = 0; server < 4; server++) {
                answered += fleet.server(server).counters().generationsCompleted();
            }
            assertThat(answered).isEqualTo(successes);
        }
    }

    @Test
    void chat_oneServerIsFrozen_callsSucceed() throws Exception {
        Map<String, String> values = Map.of("paddock.routing.poll", "100ms", "paddock.timeouts.head", "2s");
        try (Fleet fleet = Fleet.of(4, settings -> Fleet.withModel(settings, Fleet.MODEL).parallel(8).tokensPerAnswer(3), values)) {
            Latch never = new Latch();
            fleet.server(0).faults().enqueue(FaultScript.onAny().times(CALLS).then(new Fault.HoldLines(0, never)));

            assertThat(run(fleet, call -> {})).isGreaterThanOrEqualTo((int) Math.ceil(CALLS * LEAST_SUCCESS));
            never.open();
        }
    }

    /** Makes the calls, and runs an action before each phase; returns how many calls got a complete answer. */
    private static int run(Fleet fleet, PhaseStart onPhase) throws Exception {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger successes = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                all.add(callers.submit(() -> {
                    for (int call = next.getAndIncrement(); call < CALLS; call = next.getAndIncrement()) {
                        if (call % CALLS_OF_A_PHASE == 0) {
                            onPhase.begin(call);
                        }
                        if (succeeds(fleet)) {
                            successes.incrementAndGet();
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return successes.get();
    }

    private static boolean succeeds(Fleet fleet) {
        try (ResponseStream<ChatChunk> stream = fleet.client().llm().chatStream(ChatRequest.of(Fleet.MODEL, "Why is the sky blue?"))) {
            while (stream.hasNext()) {
                assertThat(stream.next()).isNotNull();
            }
            return true;
        } catch (LlmException failed) {
            return false;
        }
    }

    /** Runs at the beginning of a phase. */
    @FunctionalInterface
    private interface PhaseStart {

        void begin(int call);
    }
}
