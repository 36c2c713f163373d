package dev.paddock.adapters.http.sharedstate;

import static dev.paddock.adapters.http.sharedstate.Members.answer;
import static dev.paddock.adapters.http.sharedstate.Members.key;
import static dev.paddock.adapters.http.sharedstate.Members.put;
import static dev.paddock.adapters.http.sharedstate.Members.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.metrics.SharedStateMetrics;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.semantic.StoredQuestion;
import dev.paddock.domain.sharedstate.StoreAddress;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import dev.paddock.testsupport.CapturedLog;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that fails: no operation fails or waits long, and each change of its state is logged once. */
@Timeout(60)
class StoreFaultsTest {

    /** What docs/shared-state.md names, all of which Redis 6.0 has. */
    private static final String RIGHTS =
            "+eval +get +mget +set +del +exists +pttl +pexpire +time +zadd +zrem +zcard +zrangebyscore +zremrangebyscore +zremrangebyrank +publish +subscribe +ping +hello";

    private static final Duration HURRIED = Duration.ofMillis(50);

    private final CapturedLog log = CapturedLog.under("paddock.shared-state");

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void store_thatIsKilledAndStartedAgain_isUsedAgain() {
        try (RedisServer server = Members.server(); SharedStatePort state = Members.open(server)) {
            put(state.answers(), answer(key("a", 1), "before"));
            Eventually.await("it is stored", () -> !text(state.answers(), key("a", 1)).isEmpty());
            long generation = state.answers().generation();

            server.kill();
            assertThat(text(state.answers(), key("a", 1))).isEmpty();
            awaitState(state, StoreState.UNAVAILABLE);
            assertThat(state.leases().tryAcquire("name")).isTrue();
            server.restart();
            awaitState(state, StoreState.AVAILABLE);

            assertThat(state.answers().generation()).isEqualTo(generation);
            Eventually.await("answers are stored again", () -> {
                put(state.answers(), answer(key("a", 1), "after"));
                return text(state.answers(), key("a", 1)).equals("after");
            });
            assertThat(lines()).hasSize(3);
            assertThat(lines().get(0)).endsWith(" is available").contains(server.url());
            assertThat(lines().get(1)).contains("is not available, so that each process uses its own state: ");
            assertThat(lines().get(2)).endsWith(" is available again");
        }
    }

    @Test
    void store_thatHangs_delaysFewOperationsAndIsUsedAgain() {
        Members.Counts counts = new Members.Counts();
        try (RedisServer server = Members.server(); SharedStatePort state = Members.open(Members.address(server), HURRIED, counts)) {
            awaitState(state, StoreState.AVAILABLE);
            AtomicBoolean hangs = new AtomicBoolean();
            Future<Boolean> reading = Parallel.start(() -> { // so that an operation is in progress when it begins to hang
                while (!hangs.get()) {
                    assertThat(text(state.answers(), key("b", 1))).isEmpty();
                }
                return true;
            });
            server.hang();
            hangs.set(true);
            assertThat(Parallel.resultOf(reading)).isTrue();
            long start = System.nanoTime();
            for (int read = 0; read < 1000; read++) {
                assertThat(text(state.answers(), key("a", read))).isEmpty();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10)); // not 50 s
            assertThat(state.state()).isEqualTo(StoreState.UNAVAILABLE);
            assertThat(counts.of(SharedStateMetrics.OPERATIONS, "read", "timeout")).isPositive(); // and did not wait for the connection's end
            assertThat(counts.of(SharedStateMetrics.OPERATIONS, "read", "skipped")).isGreaterThan(500);
            server.goOn();
            awaitState(state, StoreState.AVAILABLE);
        }
    }

    @Test
    void store_thatHangsForLong_isUsedAgainOverOtherConnections() {
        try (RedisServer server = Members.server(); SharedStatePort state = Members.open(Members.address(server), HURRIED)) {
            awaitState(state, StoreState.AVAILABLE);
            List<String> before = clients(server);
            server.hang();
            for (int number = 0; number < 100 && state.state() == StoreState.AVAILABLE; number++) { // more than may wait
                put(state.answers(), answer(key("a", number), "x".repeat(1 << 20)));
            }
            for (int second = 0; second < 2; second++) { // to open a state takes a second while the store hangs
                try (SharedStatePort late = Members.open(Members.address(server), HURRIED)) {
                    assertThat(late.state()).isEqualTo(StoreState.UNAVAILABLE);
                }
            }
            server.goOn();
            awaitState(state, StoreState.AVAILABLE);
            Eventually.await("the old connections are gone", () -> clients(server).stream().noneMatch(before::contains));
            Eventually.await("answers are stored again", () -> {
                put(state.answers(), answer(key("a", 1), "after"));
                return text(state.answers(), key("a", 1)).equals("after");
            });
        }
    }

    private static List<String> clients(RedisServer server) {
        return server.run("CLIENT", "LIST").lines()
                .filter(line -> !line.contains("cmd=client")) // the one that asks
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    @Test
    void store_thatIsFull_isReadAndNotWritten() {
        try (RedisServer server = Members.server("--maxmemory", "4mb", "--maxmemory-policy", "noeviction");
                SharedStatePort state = Members.open(server)) {
            put(state.answers(), answer(key("a", 1), "before"));
            Eventually.await("it is stored", () -> !text(state.answers(), key("a", 1)).isEmpty());
            fill(server);
            awaitState(state, StoreState.READ_ONLY);

            assertThat(text(state.answers(), key("a", 1))).isEqualTo("before");
            Members.CountingLimits local = new Members.CountingLimits();
            assertThat(state.rateLimits(local).tryAcquireAtOnce("caller", local.last)).isZero();
            assertThat(state.leases().tryAcquire("name")).isTrue();
            put(state.answers(), answer(key("a", 2), "not stored"));
            server.run("DEL", "filling");
            awaitState(state, StoreState.AVAILABLE);

            assertThat(text(state.answers(), key("a", 2))).isEmpty();
            assertThat(lines()).hasSize(3);
            assertThat(lines().get(1)).contains("refuses to write").contains("OOM");
        }
    }

    @Test
    void removal_whileTheStoreIsFull_isNeverUndone() {
        try (RedisServer server = Members.server("--maxmemory", "4mb", "--maxmemory-policy", "noeviction");
                SharedStatePort one = Members.open(server);
                SharedStatePort other = Members.open(server)) {
            AtomicInteger removals = new AtomicInteger();
            other.onAnswersRemoved(removals::incrementAndGet);
            put(one.answers(), answer(key("a", 1), "wrong"));
            Eventually.await("it is stored", () -> !text(other.answers(), key("a", 1)).isEmpty());
            fill(server);
            awaitState(one, StoreState.READ_ONLY);
            one.answers().remove(AnswerSelection.ALL);
            Eventually.await("the other process knows", () -> removals.get() > 0);

            assertThat(text(other.answers(), key("a", 1))).isEmpty();
            try (SharedStatePort third = Members.open(Members.address(server), Members.UNHURRIED)) { // has heard nothing
                awaitState(third, StoreState.READ_ONLY);
                assertThat(text(third.answers(), key("a", 1))).isEmpty();
            }
            server.run("DEL", "filling");
            awaitState(other, StoreState.AVAILABLE);
            awaitState(one, StoreState.AVAILABLE);
            Eventually.await("both agree", () -> one.answers().generation() == other.answers().generation());
            assertThat(text(other.answers(), key("a", 1))).isEmpty();
            assertThat(text(one.answers(), key("a", 1))).isEmpty();
        }
    }

    @Test
    void removal_whileTheStoreIsAReplica_isNotUndoneByAProcessThatStartsLater() {
        try (RedisServer server = Members.server(); SharedStatePort state = Members.open(server)) {
            put(state.answers(), answer(key("a", 1), "wrong"));
            Eventually.await("it is stored", () -> !text(state.answers(), key("a", 1)).isEmpty());
            server.run("REPLICAOF", "127.0.0.1", "1"); // where no server is: it keeps what it has
            awaitState(state, StoreState.READ_ONLY);
            state.answers().remove(AnswerSelection.ALL);

            try (SharedStatePort later = Members.open(Members.address(server), Members.UNHURRIED)) {
                awaitState(later, StoreState.READ_ONLY);
                assertThat(later.answers().generation()).isPositive();
                assertThat(text(later.answers(), key("a", 1))).isEmpty();
            }
            server.run("REPLICAOF", "NO", "ONE");
            awaitState(state, StoreState.AVAILABLE);
            assertThat(text(state.answers(), key("a", 1))).isEmpty();
        }
    }

    @Test
    void failure_ofTheConnectionBefore_leavesThePresentOneAlone() {
        try (RedisServer server = Members.server();
                SharedStore store = new SharedStore(
                        Members.settings(Members.address(server), Members.UNHURRIED), MetricsPort.noOp(), System::nanoTime, new Wakeup())) {
            store.start();
            Eventually.await("the store is available", () -> store.state() == StoreState.AVAILABLE);
            StoreSession before = store.session();
            server.run("CLIENT", "KILL", "TYPE", "normal");
            Eventually.await("another connection is used", () -> store.session() != null && store.session() != before);
            Eventually.await("the store is available", () -> store.state() == StoreState.AVAILABLE);
            StoreSession present = store.session();

            store.failed(StoreOperations.READ, before, StoreFailure.of(new IllegalStateException("closed")));

            assertThat(store.state()).isEqualTo(StoreState.AVAILABLE);
            assertThat(store.session()).isSameAs(present);
            store.failed(StoreOperations.READ, present, StoreFailure.of(new IllegalStateException("closed")));
            Eventually.await("another connection is used", () -> store.session() != null && store.session() != present);
        }
    }

    @Test
    void removal_whileTheStoreIsGone_holdsForWhatAnOldCopyBringsBack() {
        try (RedisServer server = Members.server(); SharedStatePort state = Members.open(server)) {
            put(state.answers(), answer(key("a", 1), "wrong"));
            Eventually.await("it is stored", () -> !text(state.answers(), key("a", 1)).isEmpty());
            String name = server.run("KEYS", "test:1:answer:*");
            String generation = server.run("GET", "test:1:generation");
            state.answers().remove(AnswerSelection.ALL);
            Eventually.await("the store knows", () -> !server.run("GET", "test:1:generation").equals(generation));
            server.run("SET", "test:1:generation", generation); // an old copy

            Eventually.await("it is raised again", () -> !server.run("GET", "test:1:generation").equals(generation));
            assertThat(server.run("EXISTS", name)).isEqualTo("1");
            assertThat(text(state.answers(), key("a", 1))).isEmpty();
        }
    }

    @Test
    void password_thatIsWrong_isSaidOnceAndNotShown() {
        try (RedisServer server = Members.server("--requirepass", "right")) {
            StoreAddress wrong = Members.address(server).withUser(null, "wrong-secret");
            try (SharedStatePort state = Members.open(wrong, Members.UNHURRIED)) {
                awaitState(state, StoreState.UNAVAILABLE);
                Eventually.await("it is logged", () -> !lines().isEmpty());
                assertThat(text(state.answers(), key("a", 1))).isEmpty();
                put(state.answers(), answer(key("a", 1), "text"));

                assertThat(lines()).hasSize(1);
                assertThat(lines().getFirst()).contains("WRONGPASS").doesNotContain("wrong-secret");
            }
            try (SharedStatePort state = Members.open(Members.address(server).withUser(null, "right"), Members.UNHURRIED)) {
                awaitState(state, StoreState.AVAILABLE);
            }
        }
    }

    @Test
    void user_withTheRightsInTheDocumentation_isEnough() {
        try (RedisServer server = Members.server()) {
            server.run(("ACL SETUSER paddock on >secret ~test:* resetchannels &test:* " + RIGHTS).split(" "));
            try (SharedStatePort state = Members.open(Members.address(server).withUser("paddock", "secret"), Members.UNHURRIED)) {
                awaitState(state, StoreState.AVAILABLE);
                Members.CountingLimits local = new Members.CountingLimits();
                assertThat(state.rateLimits(local).tryAcquire("caller", local.last)).isZero();
                assertThat(state.leases().tryAcquire("name")).isTrue();
                state.leases().release("name");
                put(state.answers(), answer(key("a", 1), "text"));
                Eventually.await("it is stored", () -> text(state.answers(), key("a", 1)).equals("text"));
                state.answers().remove(AnswerSelection.ALL);
                state.announceModelChange();
                List<StoredQuestion> questions = new CopyOnWriteArrayList<>();
                Objects.requireNonNull(state.questions()).onAdded(questions::add);
                Objects.requireNonNull(state.questions()).add(Members.question("a question"));
                Eventually.await("the question is stored", () -> !questions.isEmpty());
                Eventually.await("all was sent", () -> commands(server).containsAll(List.of("publish", "zadd", "subscribe", "del")));

                assertThat(lines()).hasSize(1);
                assertThat(commands(server)).allMatch(command -> RIGHTS.contains("+" + command + " ") || RIGHTS.endsWith("+" + command));
                assertThat(server.run("INFO", "errorstats")).as("nothing unknown or forbidden was sent").doesNotContain("errorstat_");
            }
        }
    }

    /** Returns the commands that the server has got, those of scripts included, but not those of the test. */
    private static List<String> commands(RedisServer server) {
        return server.run("INFO", "commandstats").lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                .filter(command -> !command.equals("info") && !command.startsWith("acl"))
                .toList();
    }

    @Test
    void right_thatIsMissing_isSaidOnceAndTheRestGoesOn() {
        try (RedisServer server = Members.server()) {
            server.run("ACL SETUSER paddock on >secret ~test:* resetchannels &test:* +@all -mget".split(" "));
            try (SharedStatePort state = Members.open(Members.address(server).withUser("paddock", "secret"), Members.UNHURRIED)) {
                awaitState(state, StoreState.AVAILABLE);
                for (int read = 0; read < 10; read++) {
                    assertThat(text(state.answers(), key("a", read))).isEmpty();
                }
                assertThat(state.state()).isEqualTo(StoreState.AVAILABLE);
                assertThat(lines()).hasSize(2);
                assertThat(lines().getLast()).contains("refuses the operation read").contains("NOPERM");
            }
        }
    }

    @Test
    void store_thatIsNotThere_isWaitedForInTheBackground() {
        RedisServer absent = Members.server();
        absent.close();
        try (SharedStatePort state = Members.open(Members.address(absent), HURRIED)) {
            assertThat(state.state()).isEqualTo(StoreState.UNAVAILABLE);
            Eventually.await("it is logged", () -> !lines().isEmpty());
            assertThat(lines()).hasSize(1);
            assertThat(text(state.answers(), key("a", 1))).isEmpty();
        }
    }

    @Test
    void close_leavesNoThreadBehind() {
        try (RedisServer server = Members.server()) {
            SharedStatePort state = Members.open(server);
            assertThat(threads()).isNotEmpty();
            state.close();
            state.close();

            Eventually.await("the threads have ended", () -> threads().isEmpty());
            assertThat(text(state.answers(), key("a", 1))).isEmpty();
            put(state.answers(), answer(key("a", 1), "text"));
            assertThat(state.leases().tryAcquire("name")).isTrue();
            assertThat(lines()).hasSize(1);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.startsWith("lettuce")).toList();
    }

    private static void fill(RedisServer server) {
        String piece = "x".repeat(100_000);
        for (String reply = ""; !reply.startsWith("OOM"); reply = server.run("APPEND", "filling", piece)) {
            // until nothing more fits
        }
    }

    private static void awaitState(SharedStatePort port, StoreState state) {
        Eventually.await("the store is " + state.label(), () -> port.state() == state);
    }

    private List<String> lines() {
        return log.records().stream().map(LogRecord::getMessage).toList();
    }
}
