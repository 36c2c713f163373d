package dev.paddock.domain.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * How one of several servers is chosen. Immutable.
 *
 * @param poll how often each server is asked for its models, positive; random extra time of up to a quarter is added
 * @param loadTime how long loading a model takes where that was not measured, positive
 * @param changes which servers a change of models goes to
 * @param affinity which calls go to the same server while it is not overloaded
 * @param ejection when a server gets no calls for a while
 */
public record RoutingSettings(Duration poll, Duration loadTime, Changes changes, Affinity affinity, Ejection ejection) {

    /** Three seconds, twenty seconds, changes of one server, no affinity, and the default ejection. */
    public static final RoutingSettings DEFAULT =
            new RoutingSettings(Duration.ofSeconds(3), Duration.ofSeconds(20), Changes.ONE, Affinity.NONE, Ejection.DEFAULT);

    public RoutingSettings {
        requirePositive(poll, "the time between two polls");
        requirePositive(loadTime, "the time to load a model");
        requireNonNull(changes, "changes");
        requireNonNull(affinity, "affinity");
        requireNonNull(ejection, "ejection");
    }

    private static void requirePositive(Duration time, String what) {
        if (!time.isPositive()) {
            throw new InvalidRequestException(what + " must be positive, not " + time, ErrorFacts.NONE);
        }
    }

    /** Which servers pulling, creating, copying and deleting models goes to. */
    public enum Changes {
        /** The first server in the list that can take it. */
        ONE,
        /** Every server. */
        ALL
    }

    /** Which calls belong together. */
    public enum Affinity {
        /** None. */
        NONE,
        /** Those with the same session. */
        SESSION,
        /** Those with the same session, or without one with the same beginning: the system prompt and the first question. */
        PREFIX
    }

    /**
     * When a server gets no calls for a while. It is ejected only while others fail less, and never more than half of the servers are.
     *
     * @param consecutiveFailures failures in a row, at least 1
     * @param percent percentage of the last calls that failed, 1 to 100
     * @param fewestCalls how many calls must have ended before the percentage counts, at least 1
     * @param first how long the first ejection lasts, positive; each further one is twice as long
     * @param longest the longest ejection, positive
     */
    public record Ejection(int consecutiveFailures, int percent, int fewestCalls, Duration first, Duration longest) {

        /** Five failures in a row, or half of at least ten calls; five seconds, growing to a minute. */
        public static final Ejection DEFAULT = new Ejection(5, 50, 10, Duration.ofSeconds(5), Duration.ofMinutes(1));

        public Ejection {
            if (consecutiveFailures < 1 || percent < 1 || percent > 100 || fewestCalls < 1) {
                throw new InvalidRequestException("the limits of ejection must be positive, the percentage at most 100", ErrorFacts.NONE);
            }
            if (!first.isPositive() || !longest.isPositive()) {
                throw new InvalidRequestException("the times of ejection must be positive", ErrorFacts.NONE);
            }
        }
    }
}
