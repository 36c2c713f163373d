package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limits of a server for its clients. Immutable.
 *
 * @param sizes the size limits; one that is missing gets its default
 * @param timeouts the time limits, likewise; each is enforced up to 0.2 seconds late
 */
public record ServerLimits(Map<SizeLimit, Long> sizes, Map<TimeLimit, Duration> timeouts) {

    /** The default limits: for bodies of many megabytes and responses that take minutes. */
    public static final ServerLimits DEFAULT = new ServerLimits(Map.of(), Map.of());

    /** The largest number that a decoder can count, and the largest body that one array can hold. */
    private static final long LARGEST = Integer.MAX_VALUE - 64L;

    /** A limit of bytes, of a number, or of a rate; positive. */
    public enum SizeLimit {
        /** The longest request target in bytes; more is refused with 414; 8 KiB by default. */
        TARGET_BYTES(8 * 1024, LARGEST),
        /** The largest sum of header fields in bytes; more is refused with 431; 32 KiB by default. */
        HEADER_BYTES(32 * 1024, LARGEST),
        /** The largest number of header fields; more is refused with 431; 100 by default. */
        HEADERS(100, LARGEST),
        /** The largest body in memory, in bytes; more is refused with 413; 64 MiB by default, or less if the heap is too small. */
        BODY_BYTES(64L * 1024 * 1024, LARGEST),
        /** The largest body in a file, in bytes; more is refused with 413; 64 GiB by default. */
        UPLOAD_BYTES(64L * 1024 * 1024 * 1024, Long.MAX_VALUE),
        /**
         * The memory for the bodies of all requests in progress together, in bytes, but at most half of the heap; more is refused with
         * 503; 256 MiB by default. A quarter is reserved for bodies of at most 256 KiB, and one client may use at most two thirds of
         * either part.
         */
        TOTAL_BODY_BYTES(256L * 1024 * 1024, Long.MAX_VALUE),
        /** The rate of a body in each {@link TimeLimit#BODY_INTERVAL}, in bytes per second; slower is refused with 408; 1024 by default. */
        BODY_BYTES_PER_SECOND(1024, Long.MAX_VALUE),
        /** The number of open connections; further ones are closed immediately; 10,000 by default. */
        CONNECTIONS(10_000, LARGEST);

        private final long usual;
        private final long largest;

        SizeLimit(long usual, long largest) {
            this.usual = usual;
            this.largest = largest;
        }
    }

    /** A time limit; positive. */
    public enum TimeLimit {
        /** The time for a complete head, counted from its first byte; later is refused with 408; 10 seconds by default. */
        HEAD(10),
        /** The interval in which the rate of a body is measured, again and again; 10 seconds by default. */
        BODY_INTERVAL(10),
        /** The time for a complete body in memory, at any rate; later is refused with 408; 5 minutes by default. */
        BODY(300),
        /** The idle timeout: the time without a request after which a connection is closed; 75 seconds by default. */
        IDLE(75),
        /** The time without progress after which a connection is reset whose client does not read; 60 seconds by default. */
        WRITE_STALL(60);

        private final Duration usual;

        TimeLimit(long seconds) {
            this.usual = Duration.ofSeconds(seconds);
        }
    }

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is not positive, or too large for the server
     */
    public ServerLimits {
        Map<SizeLimit, Long> chosenSizes = Map.copyOf(sizes);
        Map<TimeLimit, Duration> chosenTimeouts = Map.copyOf(timeouts);
        sizes = Stream.of(SizeLimit.values())
                .collect(Collectors.toUnmodifiableMap(size -> size, size -> chosenSizes.getOrDefault(size, size.usual)));
        timeouts = Stream.of(TimeLimit.values())
                .collect(Collectors.toUnmodifiableMap(time -> time, time -> chosenTimeouts.getOrDefault(time, time.usual)));
        sizes.forEach((size, value) -> require(value > 0 && value <= size.largest, size, value));
        timeouts.forEach((timeout, value) -> require(value.isPositive(), timeout, value));
    }

    /** Returns the value of a limit. */
    public long get(SizeLimit size) {
        return sizes.getOrDefault(size, size.usual);
    }

    /** Returns the value of a timeout. */
    public Duration get(TimeLimit timeout) {
        return timeouts.getOrDefault(timeout, timeout.usual);
    }

    /** Returns these limits with another value of one. */
    public ServerLimits with(SizeLimit size, long value) {
        Map<SizeLimit, Long> changed = new EnumMap<>(SizeLimit.class);
        changed.putAll(sizes);
        changed.put(size, value);
        return new ServerLimits(changed, timeouts);
    }

    /** Returns these limits with another value of a timeout. */
    public ServerLimits with(TimeLimit timeout, Duration value) {
        Map<TimeLimit, Duration> changed = new EnumMap<>(TimeLimit.class);
        changed.putAll(timeouts);
        changed.put(timeout, requireNonNull(value, "value"));
        return new ServerLimits(sizes, changed);
    }

    private static void require(boolean allowed, Enum<?> limit, Object value) {
        if (!allowed) {
            throw new IllegalArgumentException(limit + " must be positive and not too large: " + value);
        }
    }
}
