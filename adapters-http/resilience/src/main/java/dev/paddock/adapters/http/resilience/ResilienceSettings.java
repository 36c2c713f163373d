package dev.paddock.adapters.http.resilience;

import static dev.paddock.adapters.http.resilience.SettingCheck.require;
import static dev.paddock.adapters.http.resilience.SettingCheck.requireNotNegative;
import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How failures of servers are handled. Immutable.
 *
 * @param retry which attempts follow a failed one, and when
 * @param budget how many retries all calls together may make
 * @param circuit when the circuit of a server, or of a model on it, opens
 * @param callsAtOnce how many calls to one server may be in progress, or 0 for no limit but that of the connection pool
 */
public record ResilienceSettings(Retry retry, Budget budget, CircuitBreakerSettings circuit, int callsAtOnce) {

    /** The defaults of each part, and no limit of calls. */
    public static final ResilienceSettings DEFAULT =
            new ResilienceSettings(Retry.DEFAULT, Budget.DEFAULT, CircuitBreakerSettings.DEFAULT, 0);

    public ResilienceSettings {
        requireNonNull(retry, "retry");
        requireNonNull(budget, "budget");
        requireNonNull(circuit, "circuit");
        require(callsAtOnce >= 0, "the number of calls at once must be 0 (no limit) or more, not " + callsAtOnce);
    }

    /** Returns these settings with the given retries. */
    public ResilienceSettings withRetry(Retry newRetry) {
        return new ResilienceSettings(newRetry, budget, circuit, callsAtOnce);
    }

    /** Returns these settings with the given budget. */
    public ResilienceSettings withBudget(Budget newBudget) {
        return new ResilienceSettings(retry, newBudget, circuit, callsAtOnce);
    }

    /** Returns these settings with the given circuit. */
    public ResilienceSettings withCircuit(CircuitBreakerSettings newCircuit) {
        return new ResilienceSettings(retry, budget, newCircuit, callsAtOnce);
    }

    /** Returns these settings with the given limit of calls to one server, 0 for none. */
    public ResilienceSettings withCallsAtOnce(int newCallsAtOnce) {
        return new ResilienceSettings(retry, budget, circuit, newCallsAtOnce);
    }

    /**
     * Which attempts follow a failed one, and when.
     *
     * @param maxRetries how many attempts may follow the first, 0 to 10
     * @param backoff the wait before the first retry, which doubles for each further one up to 8 seconds; zero means none
     * @param jitter random extra delay as a fraction of the wait, 0 to 1 (0.25 = up to 25 % longer)
     * @param longestWait the longest wait that a server may ask for; an answer that asks for more is returned at once
     * @param replay when a generation may be asked for twice
     */
    public record Retry(
            int maxRetries, Duration backoff, double jitter, Duration longestWait, GenerationReplay replay) {

        /** Three retries after 0.3, 0.6 and 1.2 seconds or up to a quarter more. */
        public static final Retry DEFAULT =
                new Retry(3, Duration.ofMillis(300), 0.25, Duration.ofSeconds(30), GenerationReplay.ALWAYS);

        public Retry {
            requireNonNull(replay, "replay");
            require(maxRetries >= 0 && maxRetries <= 10, "the number of retries must be 0 to 10, not " + maxRetries);
            requireNotNegative(backoff, "the back-off");
            requireNotNegative(longestWait, "the longest wait");
            require(jitter >= 0 && jitter <= 1, "the jitter must be 0 to 1, not " + jitter);
        }

        /** Returns these settings with the given number of retries. */
        public Retry withMaxRetries(int newMaxRetries) {
            return new Retry(newMaxRetries, backoff, jitter, longestWait, replay);
        }

        /** Returns these settings with the given first back-off. */
        public Retry withBackoff(Duration newBackoff) {
            return new Retry(maxRetries, newBackoff, jitter, longestWait, replay);
        }

        /** Returns these settings with the given rule for generations. */
        public Retry withReplay(GenerationReplay newReplay) {
            return new Retry(maxRetries, backoff, jitter, longestWait, newReplay);
        }
    }

    /**
     * How many retries all calls together may make, so that a failing server is not sent a multiple of its load.
     *
     * @param perCall retries earned by each call, 0 to 1
     * @param perSecond retries earned by each second, so that a few calls keep their retries; 0 or more
     * @param burst the capacity of the token bucket in retries, at least 1
     * @param concurrentShare fraction of the calls that wait for an answer that may be retrying, 0 to 1
     * @param concurrentFloor how many calls may be retrying however few there are, at least 0
     */
    public record Budget(double perCall, double perSecond, int burst, double concurrentShare, int concurrentFloor) {

        /**
         * A tenth of the calls and one each two seconds, ten saved up; a fifth of the calls at once, or two. Thus over a minute
         * in which everything fails there is at most a fifth more attempts than calls, from about seven calls a second on;
         * below that there are at most a tenth and forty attempts more.
         */
        public static final Budget DEFAULT = new Budget(0.1, 0.5, 10, 0.2, 2);

        public Budget {
            require(perCall >= 0 && perCall <= 1, "the retries per call must be 0 to 1, not " + perCall);
            require(perSecond >= 0 && perSecond <= 1e6, "the retries per second must be 0 or more, not " + perSecond);
            require(burst >= 1, "the retries saved up must be at least 1, not " + burst);
            require(
                    concurrentShare >= 0 && concurrentShare <= 1,
                    "the share of retrying calls must be 0 to 1, not " + concurrentShare);
            require(concurrentFloor >= 0, "the floor of retrying calls must be 0 or more, not " + concurrentFloor);
        }
    }

    /**
     * When the circuit of a server, or of a model on it, opens.
     *
     * @param consecutiveFailures how many consecutive failures open the circuit, at least 1
     * @param rate which failure rate opens it
     * @param openTime how long it stays open
     */
    public record CircuitBreakerSettings(int consecutiveFailures, FailureRate rate, OpenTime openTime) {

        /** Five failures in a row, or the default rate; the default time. */
        public static final CircuitBreakerSettings DEFAULT = new CircuitBreakerSettings(5, FailureRate.DEFAULT, OpenTime.DEFAULT);

        public CircuitBreakerSettings {
            requireNonNull(rate, "rate");
            requireNonNull(openTime, "openTime");
            require(
                    consecutiveFailures >= 1,
                    "the failures in a row that open a circuit must be at least 1, not " + consecutiveFailures);
        }

        /** Returns these settings with the given number of failures in a row. */
        public CircuitBreakerSettings withConsecutiveFailures(int newConsecutiveFailures) {
            return new CircuitBreakerSettings(newConsecutiveFailures, rate, openTime);
        }
    }

    /**
     * The failure rate that opens a circuit.
     *
     * @param percent percentage of the attempts in the window that must fail, 1 to 100
     * @param fewestCalls how many attempts the window must have before the rate counts, at least 1
     * @param window the time over which the rate is taken, at least a second
     */
    public record FailureRate(int percent, int fewestCalls, Duration window) {

        /** Half of at least 10 attempts in 30 seconds. */
        public static final FailureRate DEFAULT = new FailureRate(50, 10, Duration.ofSeconds(30));

        public FailureRate {
            require(percent >= 1 && percent <= 100, "the percentage of failures must be 1 to 100, not " + percent);
            require(fewestCalls >= 1, "the fewest calls must be at least 1, not " + fewestCalls);
            require(window.toMillis() >= 1000, "the window of a circuit must be at least a second, not " + window);
        }
    }

    /**
     * How long nothing is sent through a circuit that has opened, before one call may try again. Each try that fails doubles the
     * time; chance makes it up to a fifth shorter or longer.
     *
     * @param first the time before the first try, positive
     * @param longest what the time grows to at most, positive; when it is shorter than the first the time does not grow
     */
    public record OpenTime(Duration first, Duration longest) {

        /** Five seconds, growing to a minute. */
        public static final OpenTime DEFAULT = new OpenTime(Duration.ofSeconds(5), Duration.ofMinutes(1));

        public OpenTime {
            requireAtMostADay(first);
            requireAtMostADay(longest);
        }

        private static void requireAtMostADay(Duration time) {
            require(
                    time.isPositive() && time.compareTo(Duration.ofDays(1)) <= 0,
                    "the time a circuit stays open must be positive and at most a day, not " + time);
        }

        /** Returns the longest time that there can be. */
        Duration upperBound() {
            return longest.compareTo(first) > 0 ? longest : first;
        }
    }
}
