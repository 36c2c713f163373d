package dev.paddock.domain.admission;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.time.Duration;

/**
 * The limits of the queue in front of a group of model servers. Each model has a queue of its own. Immutable.
 *
 * @param slots how many calls of one model are in progress at least before others wait, 1 or more
 * @param mostSlots to how many calls that limit grows while the server refuses none, at least {@code slots}
 * @param requests how many calls wait for one model, 1 or more
 * @param bytes how many bytes the bodies of all waiting calls have together, 1 or more
 * @param interactiveWait how long an interactive call waits at most, positive
 * @param batchWait how long a batch call waits at most, positive
 * @param batchShare which fraction of the calls is taken from the batch ones while interactive calls wait, too; 0 to 1
 */
public record AdmissionSettings(
        int slots, int mostSlots, int requests, long bytes, Duration interactiveWait, Duration batchWait, double batchShare) {

    /** 4 calls at once, 1,000 waiting calls with 64 MiB, for 1 minute or 10 minutes; 10 % for batch calls. */
    public static final AdmissionSettings DEFAULT =
            new AdmissionSettings(4, 4, 1000, 64L << 20, Duration.ofMinutes(1), Duration.ofMinutes(10), 0.1);

    public AdmissionSettings {
        requireNonNull(interactiveWait, "interactiveWait");
        requireNonNull(batchWait, "batchWait");
        require(slots >= 1, "the number of slots must be at least 1, not " + slots);
        require(mostSlots >= slots, "the largest number of slots must be at least " + slots + ", not " + mostSlots);
        require(requests >= 1, "the number of calls in a queue must be at least 1, not " + requests);
        require(bytes >= 1, "the size of the queue must be at least 1 byte, not " + bytes);
        requirePositive(interactiveWait);
        requirePositive(batchWait);
        require(batchShare >= 0 && batchShare <= 1, "the share of batch calls must be from 0 to 1, not " + batchShare);
    }

    /** Returns these settings with the given least and greatest limit of calls in progress. */
    public AdmissionSettings withSlots(int least, int most) {
        return new AdmissionSettings(least, most, requests, bytes, interactiveWait, batchWait, batchShare);
    }

    /** Returns these settings with the given size of the queue. */
    public AdmissionSettings withQueue(int newRequests, long newBytes) {
        return new AdmissionSettings(slots, mostSlots, newRequests, newBytes, interactiveWait, batchWait, batchShare);
    }

    /** Returns these settings with the given longest waits. */
    public AdmissionSettings withWaits(Duration interactive, Duration batch) {
        return new AdmissionSettings(slots, mostSlots, requests, bytes, interactive, batch, batchShare);
    }

    /** Returns these settings with the given share of batch calls. */
    public AdmissionSettings withBatchShare(double newShare) {
        return new AdmissionSettings(slots, mostSlots, requests, bytes, interactiveWait, batchWait, newShare);
    }

    /** Returns how long a call of the given priority waits at most (its time to live in the queue). */
    public Duration longestWait(Priority priority) {
        return switch (priority) {
            case INTERACTIVE -> interactiveWait;
            case BATCH -> batchWait;
        };
    }

    private static void requirePositive(Duration wait) {
        boolean isTooLong = wait.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0;
        require(wait.isPositive() && !isTooLong, "the longest wait in the queue must be positive, not " + wait);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }
}
