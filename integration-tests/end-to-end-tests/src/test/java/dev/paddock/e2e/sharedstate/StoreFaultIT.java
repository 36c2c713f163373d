package dev.paddock.e2e.sharedstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.testsupport.CapturedLog;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import dev.paddock.testsupport.RedisServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store fails in the middle of load: no call fails, and no answer is wrong. */
@Timeout(120)
class StoreFaultIT {

    private static final Map<String, String> HURRIED = Map.of(
            "paddock.shared-state.timeout", "50ms",
            "paddock.shared-state.leases", "true",
            "paddock.single-flight.enabled", "true",
            "paddock.gateway.access.requests-per-second", "100000",
            "paddock.gateway.access.burst", "100000");

    private final CapturedLog log = CapturedLog.under("paddock.shared-state");
    private final CapturedLog library = CapturedLog.under("io.lettuce");

    @AfterEach
    void close() {
        log.close();
        library.close();
    }

    @Test
    void store_thatHangsAndGoesOn_failsNoCall() {
        try (SharedGateways two = SharedGateways.over().two(HURRIED); Load load = new Load(two)) {
            load.awaitCalls(200);
            two.store().hang();
            two.awaitState(StoreState.UNAVAILABLE);
            load.awaitCalls(200);
            two.store().goOn();
            two.awaitState(StoreState.AVAILABLE);
            load.awaitCalls(200);
            load.stop();
        }
    }

    @Test
    void store_thatIsKilledAndStartsAgain_failsNoCallAndIsUsedAgain() {
        try (SharedGateways two = SharedGateways.over().two(HURRIED)) {
            try (Load load = new Load(two)) {
                load.awaitCalls(200);
                two.store().kill();
                two.awaitState(StoreState.UNAVAILABLE);
                load.awaitCalls(200);
                two.store().restart();
                two.awaitState(StoreState.AVAILABLE);
                load.awaitCalls(200);
                load.stop();
            }
            two.ask(0, "after", null);
            two.awaitHit(1, "after", null);
            assertThat(two.models().chats()).isPositive();
        }
        assertThat(library.records()).isEmpty();
    }

    @Test
    void store_thatPausesAgainAndAgain_failsNoCall() {
        try (SharedGateways two = SharedGateways.over().two(HURRIED); Load load = new Load(two)) {
            for (int pause = 0; pause < 10; pause++) {
                two.store().run("CLIENT", "PAUSE", "200", "ALL");
                load.awaitCalls(50);
            }
            load.stop();
        }
        assertThat(log.records()).hasSizeLessThan(30); // of two gateways
    }

    @Test
    void store_thatIsFull_failsNoCall() {
        try (SharedGateways two = SharedGateways.over("--maxmemory", "3mb", "--maxmemory-policy", "noeviction").two(HURRIED);
                Load load = new Load(two)) {
            fill(two.store());
            two.awaitState(StoreState.READ_ONLY);
            load.awaitCalls(200);
            two.store().run("FLUSHALL");
            two.awaitState(StoreState.AVAILABLE);
            load.awaitCalls(200);
            load.stop();
        }
    }

    @Test
    void store_withAnotherPassword_failsNoCall() {
        try (SharedGateways two = SharedGateways.over("--requirepass", "right")) {
            two.add(HURRIED);
            two.add(HURRIED);
            two.awaitState(StoreState.UNAVAILABLE);
            try (Load load = new Load(two)) {
                load.awaitCalls(200);
                load.stop();
            }
        }
        assertThat(log.records().stream().filter(line -> !line.getMessage().contains("does not answer within"))) // a slow first connection
                .hasSize(2)
                .allMatch(line -> line.getMessage().contains("NOAUTH") || line.getMessage().contains("authent"));
    }

    private static void fill(RedisServer server) {
        String piece = "x".repeat(100_000);
        for (String reply = ""; !reply.startsWith("OOM"); reply = server.run("APPEND", "filling", piece)) {
            // until nothing more fits
        }
    }

    /** Callers that ask both gateways, some of them the same questions. Each answer must be that to its question. */
    private static final class Load implements AutoCloseable {

        private static final int CALLERS = 8;
        private static final int QUESTIONS = 50;

        private final SharedGateways gateways;
        private final AtomicBoolean isStopped = new AtomicBoolean();
        private final AtomicInteger calls = new AtomicInteger();
        private final Map<String, Integer> wrong = new ConcurrentHashMap<>();
        private final List<Future<Integer>> callers = new ArrayList<>();

        Load(SharedGateways gateways) {
            this.gateways = gateways;
            for (int caller = 0; caller < CALLERS; caller++) {
                int first = caller;
                callers.add(Parallel.start(() -> run(first)));
            }
        }

        private int run(int caller) {
            for (int number = caller; !isStopped.get(); number++) {
                String question = number % 3 == 0 ? "new " + caller + " " + number : "known " + number % QUESTIONS;
                RawClient.Response response = gateways.ask(number % 2, question, null);
                boolean isRight = response.status() == 200 && response.body().contains("question=" + question + " ");
                if (!isRight) {
                    wrong.merge(response.status() + " " + response.body(), 1, Integer::sum);
                }
                calls.incrementAndGet();
            }
            return 0;
        }

        /** Waits for more calls to end. */
        void awaitCalls(int more) {
            int before = calls.get();
            Eventually.await("calls go on", () -> calls.get() >= before + more);
        }

        void stop() {
            isStopped.set(true);
            callers.forEach(Parallel::resultOf);
            assertThat(wrong).isEmpty();
        }

        @Override
        public void close() {
            isStopped.set(true);
            callers.forEach(Parallel::resultOf);
        }
    }
}
