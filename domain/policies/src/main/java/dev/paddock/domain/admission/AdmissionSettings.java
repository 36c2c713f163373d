package dev.paddock.domain.admission;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.time.Duration;

/**
 * The limits of the queue in front of a group of model servers. Each model has a queue of its own. Immutable.
 *
 * @param slots how many calls to one model a server answers at once, 1 or more; the calls in progress are at least as many as all servers
 *     answer, before others wait
 * @param mostSlots to how many calls for each server that limit grows while no server has too much to do, at least {@code slots}
 * @param gateways how many gateways share the servers; each begins with its share of the slots, 1 or more
 * @param room how many calls wait, and how large they are
 * @param waits how long calls wait
 * @param batchShare which fraction of the calls is taken from the batch ones while interactive calls wait, too; 0 to 1
 */
public record AdmissionSettings(int slots, int mostSlots, int gateways, Room room, Waits waits, double batchShare) {

    /** 4 calls at once, one gateway, 1,000 waiting calls with 64 MiB, for 1 minute or 10 minutes; 10 % for batch calls. */
    public static final AdmissionSettings DEFAULT = new AdmissionSettings(
            4, 4, 1, new Room(1000, 64L << 20), new Waits(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(5)), 0.1);

    public AdmissionSettings {
        requireNonNull(room, "room");
        requireNonNull(waits, "waits");
        require(slots >= 1, "the number of slots must be at least 1, not " + slots);
        require(mostSlots >= slots, "the largest number of slots must be at least " + slots + ", not " + mostSlots);
        require(gateways >= 1, "the number of gateways must be at least 1, not " + gateways);
        require(batchShare >= 0 && batchShare <= 1, "the share of batch calls must be from 0 to 1, not " + batchShare);
    }

    /** Returns these settings with the given least and greatest limit of calls in progress at a server. */
    public AdmissionSettings withSlots(int least, int most) {
        return new AdmissionSettings(least, most, gateways, room, waits, batchShare);
    }

    /** Returns these settings for the given number of gateways that share the servers. */
    public AdmissionSettings withGateways(int newGateways) {
        return new AdmissionSettings(slots, mostSlots, newGateways, room, waits, batchShare);
    }

    /** Returns these settings with the given size of the queue. */
    public AdmissionSettings withQueue(int requests, long bytes) {
        return new AdmissionSettings(slots, mostSlots, gateways, new Room(requests, bytes), waits, batchShare);
    }

    /** Returns these settings with the given longest waits. */
    public AdmissionSettings withWaits(Duration interactive, Duration batch) {
        return new AdmissionSettings(slots, mostSlots, gateways, room, new Waits(interactive, batch, waits.unread()), batchShare);
    }

    /** Returns these settings with the given time that an answer may be left unread. */
    public AdmissionSettings withUnread(Duration unread) {
        return new AdmissionSettings(slots, mostSlots, gateways, room, new Waits(waits.interactive(), waits.batch(), unread), batchShare);
    }

    /** Returns these settings with the given share of batch calls. */
    public AdmissionSettings withBatchShare(double newShare) {
        return new AdmissionSettings(slots, mostSlots, gateways, room, waits, newShare);
    }

    /** Returns how long a call of the given priority waits at most (its time to live in the queue). */
    public Duration longestWait(Priority priority) {
        return switch (priority) {
            case INTERACTIVE -> waits.interactive();
            case BATCH -> waits.batch();
        };
    }

    /** Returns whether the limit of calls in progress follows what the servers show. */
    public boolean isAdaptive() {
        return mostSlots > slots || gateways > 1;
    }

    /** Returns the least limit of calls to a model in progress, for servers that answer so many at once together. */
    int leastCalls(int ofServers) {
        return Math.max(1, Math.ceilDiv(ofServers, gateways));
    }

    /** Returns the greatest limit of calls to a model in progress; one gateway may have all slots while the others need none. */
    int mostCalls(int ofServers) {
        return (int) Math.min(Integer.MAX_VALUE, (long) Math.max(1, ofServers) * mostSlots / slots);
    }

    private static void requirePositive(Duration wait, String what) {
        boolean isTooLong = wait.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0;
        require(wait.isPositive() && !isTooLong, what + " must be positive, not " + wait);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }

    /**
     * The size of the queue.
     *
     * @param requests how many calls wait for one model, 1 or more
     * @param bytes how many bytes the bodies of all waiting calls have together, 1 or more
     */
    public record Room(int requests, long bytes) {

        public Room {
            require(requests >= 1, "the number of calls in a queue must be at least 1, not " + requests);
            require(bytes >= 1, "the size of the queue must be at least 1 byte, not " + bytes);
        }
    }

    /**
     * The longest times.
     *
     * @param interactive how long an interactive call waits, positive
     * @param batch how long a batch call waits, positive
     * @param unread how long an answer keeps its slot while no thread reads it and other calls wait, positive
     */
    public record Waits(Duration interactive, Duration batch, Duration unread) {

        public Waits {
            requirePositive(interactive, "the longest wait in the queue");
            requirePositive(batch, "the longest wait in the queue");
            requirePositive(unread, "the time that an answer may be left unread");
        }
    }
}
