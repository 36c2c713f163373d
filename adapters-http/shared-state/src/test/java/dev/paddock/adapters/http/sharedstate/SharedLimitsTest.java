package dev.paddock.adapters.http.sharedstate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.admission.RequestRate;
import dev.paddock.ports.sharedstate.RateLimitPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate limits and leases of two processes. */
@Timeout(60)
class SharedLimitsTest {

    private static final RequestRate ALMOST_NEVER = new RequestRate(0.001, 100);

    private final Members.CountingLimits local = new Members.CountingLimits();
    private RedisServer server;
    private SharedStatePort one;
    private SharedStatePort other;

    @BeforeEach
    void open() {
        server = Members.server();
        one = Members.open(server);
        other = Members.open(server);
    }

    @AfterEach
    void close() {
        if (server != null) {
            one.close();
            other.close();
            server.close();
        }
    }

    @Test
    void burst_overTwoProcessesAtOnce_isThatOfOne() {
        List<RateLimitPort> limits = List.of(one.rateLimits(local), other.rateLimits(local));
        AtomicInteger admitted = new AtomicInteger();

        Parallel.run(400, request -> ask(limits.get(request % 2), "caller", ALMOST_NEVER).isZero() ? admitted.incrementAndGet() : 0);

        assertThat(admitted).hasValue(100);
        assertThat(ask(limits.get(0), "another caller", ALMOST_NEVER)).isZero();
    }

    @Test
    void rate_overTwoProcesses_holdsWithinFivePercent() {
        RequestRate rate = new RequestRate(100, 200); // so large a burst that a busy machine loses no token
        List<RateLimitPort> limits = List.of(one.rateLimits(local), other.rateLimits(local));
        assertThat(ask(limits.get(0), "caller", rate)).isZero(); // from now on there is a bucket
        AtomicInteger admitted = new AtomicInteger(1);
        long start = System.nanoTime();
        long end = start + Duration.ofSeconds(3).toNanos();
        AtomicLong lastAsked = new AtomicLong(start);

        Parallel.run(8, asker -> {
            boolean isAdmitted = true;
            while (isAdmitted || System.nanoTime() < end) { // at last the bucket is empty, whatever the machine did meanwhile
                lastAsked.accumulateAndGet(System.nanoTime(), Math::max);
                isAdmitted = ask(limits.get(asker % 2), "caller", rate).isZero();
                if (isAdmitted) {
                    admitted.incrementAndGet();
                }
                Thread.onSpinWait();
                Thread.yield();
            }
            return 0;
        });

        double least = rate.burst() + rate.perSecond() * (lastAsked.get() - start) / 1e9;
        double most = rate.burst() + rate.perSecond() * (System.nanoTime() - start) / 1e9;
        assertThat(admitted.get()).isBetween((int) (0.95 * least), (int) Math.ceil(1.05 * most));
    }

    @Test
    void refusal_whileItHolds_doesNotReachTheStore() {
        RateLimitPort limits = one.rateLimits(local);
        for (int request = 0; request < 101; request++) {
            Duration unused = ask(limits, "caller", ALMOST_NEVER);
        }
        long before = commands();
        for (int request = 0; request < 1000; request++) {
            assertThat(limits.tryAcquireAtOnce("caller", ALMOST_NEVER)).isPositive();
        }

        assertThat(commands() - before).isLessThan(100); // those of the two processes that look at the store
        assertThat(limits.tryAcquire("caller", ALMOST_NEVER)).isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1000));
    }

    @Test
    void limit_whileTheStoreIsGone_isAnEqualPartForEachProcess() {
        RateLimitPort limits = one.rateLimits(local);
        RateLimitPort ofOther = other.rateLimits(new Members.CountingLimits());
        Eventually.await("both know of each other", () -> {
            Duration unused = ask(limits, "caller", new RequestRate(100, 1000));
            return local.last.burst() == 500;
        });
        assertThat(ask(ofOther, "caller", new RequestRate(100, 1000))).isZero();
        server.kill();

        Duration wait = ask(limits, "caller", new RequestRate(100, 1000));
        assertThat(wait).isEqualTo(Duration.ofHours(1)); // as the local count says
        assertThat(local.last).isEqualTo(new RequestRate(50, 500));
    }

    @Test
    void bucket_thatIsFullAgain_isNotKept() {
        RateLimitPort limits = one.rateLimits(local);
        assertThat(ask(limits, "caller", new RequestRate(1000, 5))).isZero();

        Eventually.await("the bucket is forgotten", () -> server.run("KEYS", "test:1:rate:*").isEmpty());
    }

    @Test
    void bucket_thatTheStoreCannotRead_countsHere() {
        RateLimitPort limits = one.rateLimits(local);
        assertThat(ask(limits, "caller", ALMOST_NEVER)).isZero();
        server.run("SET", server.run("KEYS", "test:1:rate:*"), "nonsense");
        int before = local.asked.get();

        assertThat(ask(limits, "caller", ALMOST_NEVER)).isEqualTo(Duration.ofHours(1));
        assertThat(local.asked).hasValue(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1000000000 0", "-1e300 0"})
    void bucket_thatNoProcessWrites_countsHere(String bucket) {
        RateLimitPort limits = one.rateLimits(local);
        assertThat(ask(limits, "caller", ALMOST_NEVER)).isZero();
        server.run("SET", server.run("KEYS", "test:1:rate:*"), bucket);
        int before = local.asked.get();

        assertThat(ask(limits, "caller", ALMOST_NEVER)).isEqualTo(Duration.ofHours(1));
        assertThat(local.asked).hasValue(before + 1);
    }

    @Test
    void bucket_whenTheClockOfTheStoreWasSetBack_isFilledFromThenOn() {
        RateLimitPort limits = one.rateLimits(local);
        RequestRate rate = new RequestRate(20, 5);
        assertThat(ask(limits, "caller", rate)).isZero();
        server.run("SET", server.run("KEYS", "test:1:rate:*"), "0.5 9000000000000000"); // an empty bucket of the year 2255

        assertThat(limits.tryAcquire("caller", rate)).isPositive();
        Eventually.await("there is a token again", () -> limits.tryAcquire("caller", rate).isZero());
        assertThat(server.run("GET", server.run("KEYS", "test:1:rate:*"))).doesNotContain("9000000000000000");
    }

    @Test
    void lease_ofOneProcess_isNotGivenToAnotherUntilItIsReleased() {
        assertThat(one.leases().tryAcquire("name")).isTrue();
        assertThat(one.leases().tryAcquire("name")).isFalse();
        assertThat(other.leases().tryAcquire("name")).isFalse();
        assertThat(other.leases().isHeld("name")).isTrue();
        assertThat(other.leases().tryAcquire("another name")).isTrue();

        one.leases().release("name");
        Eventually.await("it is free", () -> !other.leases().isHeld("name"));
        assertThat(other.leases().tryAcquire("name")).isTrue();
        one.leases().release("name"); // once too often
        assertThat(one.leases().tryAcquire("last name")).isTrue();
        one.leases().release("last name");
        Eventually.await("all was given back", () -> !other.leases().isHeld("last name"));
        assertThat(one.leases().isHeld("name")).isTrue();
    }

    @Test
    void lease_whoseHolderIsGone_expires() {
        assertThat(one.leases().tryAcquire("name")).isTrue();
        assertThat(Long.parseLong(server.run("PTTL", server.run("KEYS", "test:1:lease:*")))).isBetween(1L, 5000L);
        one.close();

        Eventually.await("it has expired", () -> !other.leases().isHeld("name"));
    }

    @Test
    void lease_longerThanItLasts_isRenewed() {
        assertThat(one.leases().tryAcquire("name")).isTrue();
        String name = server.run("KEYS", "test:1:lease:*");
        server.run("PEXPIRE", name, "4500");

        Eventually.await("it was renewed", () -> Long.parseLong(server.run("PTTL", name)) > 4500);
    }

    private long commands() {
        return server.run("INFO", "stats").lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    /** Asks as a gateway does. */
    private static Duration ask(RateLimitPort limits, String caller, RequestRate rate) {
        Duration atOnce = limits.tryAcquireAtOnce(caller, rate);
        return atOnce == null ? limits.tryAcquire(caller, rate) : atOnce;
    }
}
