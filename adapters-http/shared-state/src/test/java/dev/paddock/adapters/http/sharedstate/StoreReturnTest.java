package dev.paddock.adapters.http.sharedstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that is back is used after a number of looks, whose distance is bounded: together less than a second. */
@Timeout(60)
class StoreReturnTest {

    private final ManualLooks looks = new ManualLooks();
    private final RedisServer server = Members.server();
    private final SharedStore store =
            new SharedStore(Members.settings(Members.address(server), Members.UNHURRIED), MetricsPort.noOp(), System::nanoTime, looks);

    @BeforeEach
    void start() {
        store.start();
        for (int look = 0; store.state() != StoreState.AVAILABLE; look++) {
            assertThat(look).as("looks until the first connection of a process").isLessThan(20);
            looks.runOne();
        }
    }

    @AfterEach
    void close() {
        store.close();
        looks.end();
        server.close();
    }

    @Test
    void look_afterTheReturnOfAStoreThatWasKilled_areTwoAtMost() {
        server.kill();
        looks.runOne();
        assertThat(store.state()).isEqualTo(StoreState.UNAVAILABLE);
        server.restart();

        assertThat(looksUntilAvailable()).isBetween(1, SharedStore.LOOKS_AFTER_SLOWNESS);
        assertThat(looks.pauses()).containsOnly(SharedStore.INTERVAL);
    }

    @Test
    void look_afterAnOperationThatTookTooLong_areTwo() {
        store.failed(StoreOperations.READ, store.session(), StoreFailure.slow(Duration.ofMillis(50)));
        assertThat(store.state()).isEqualTo(StoreState.UNAVAILABLE);

        assertThat(looksUntilAvailable()).isEqualTo(SharedStore.LOOKS_AFTER_SLOWNESS);
        assertThat(looks.pauses()).containsOnly(SharedStore.INTERVAL);
    }

    @Test
    void look_withQuestionsOfSeveralPages_readsAllOnceAndAfterANewConnectionOnlyWhatIsNew() {
        int pages = 250; // more than two pages
        StoreOperations operations = new StoreOperations(store, MetricsPort.noOp(), System::nanoTime);
        String name = store.names().questions(store.agreement().generation());
        List<String> received = new CopyOnWriteArrayList<>();
        try (BackgroundWrites writes = new BackgroundWrites()) {
            QuestionStorePort questions = new RedisQuestions(store, operations, writes);
            IntStream.rangeClosed(1, pages).forEach(number -> questions.add(Members.question("question " + number)));
            Eventually.await("all are stored", () -> server.run("ZCARD", name).strip().equals(String.valueOf(pages)));
            questions.onAdded(question -> received.add(question.text()));
            looks.runOne();
            Eventually.await("one look reads all", () -> received.size() == pages);

            // The clock of a replica that has taken over is behind: one question has an earlier time than the last that was read.
            server.run(
                    "EVAL",
                    "local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2] "
                            + "redis.call('ZADD', KEYS[1], last - 30000000, redis.call('ZRANGE', KEYS[1], 0, 0)[1])",
                    "1", name);
            server.run("CLIENT", "KILL", "TYPE", "normal");
            awaitAfterLooks("it is read again", () -> received.size() > pages);
            questions.add(Members.question("the newest"));
            Eventually.await("it is stored", () -> server.run("ZCARD", name).strip().equals(String.valueOf(pages + 1)));
            awaitAfterLooks("it is read", () -> received.contains("the newest"));
            assertThat(received).as("no other question is read twice").hasSize(pages + 2);
        }
    }

    @Test
    void return_atTheWorstMoment_isNoticedWithinASecond() {
        Duration stepBefore = SharedStore.reopening(Duration.ofMillis(50)); // begun while the store was gone

        Duration latest = stepBefore.plus(SharedStore.INTERVAL.multipliedBy(SharedStore.LOOKS_AFTER_SLOWNESS));

        assertThat(latest).isLessThan(Duration.ofSeconds(1));
        assertThat(SharedStore.reopening(Duration.ofMillis(200))).isEqualTo(Duration.ofMillis(800));
        assertThat(SharedStore.reopening(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }

    private void awaitAfterLooks(String what, BooleanSupplier condition) {
        Eventually.await(what, () -> {
            looks.runOne();
            return condition.getAsBoolean();
        });
    }

    /** Returns how many looks it takes; those before one that a busy machine has cut off do not count. */
    private int looksUntilAvailable() {
        int count = 0;
        while (store.state() != StoreState.AVAILABLE) {
            long start = System.nanoTime();
            looks.runOne();
            boolean isCutOff = System.nanoTime() - start >= SharedStore.reopening(Members.UNHURRIED).toNanos();
            count = isCutOff ? 0 : count + 1;
        }
        return count;
    }

    /** Makes looks when the test says so, and never for another reason. */
    private static final class ManualLooks extends Wakeup {

        private final Queue<Duration> pauses = new ConcurrentLinkedQueue<>();
        private final Semaphore allowed = new Semaphore(0);

        /** Lets the store make one look, and waits for its end. */
        void runOne() {
            int before = awaitPause(1);
            allowed.release();
            int unused = awaitPause(before + 1);
        }

        void end() {
            allowed.release(1000);
        }

        private int awaitPause(int least) {
            Eventually.await("the look has ended", () -> pauses.size() >= least && allowed.hasQueuedThreads());
            return pauses.size();
        }

        Queue<Duration> pauses() {
            return pauses;
        }

        @Override
        void await(Duration time) {
            pauses.add(time);
            allowed.acquireUninterruptibly();
        }

        @Override
        void signal() {
            // the next look comes in time
        }
    }
}
