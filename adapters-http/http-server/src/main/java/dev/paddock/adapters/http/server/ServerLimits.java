package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The limits of a server for its clients. All are positive. A timeout is enforced up to 0.2 seconds late.
 *
 * @param maxTargetBytes the longest request target; more is refused with 414
 * @param maxHeaderBytes the largest sum of header fields; more is refused with 431
 * @param maxHeaders the largest number of header fields; more is refused with 431
 * @param maxBodyBytes the largest body in memory; more is refused with 413
 * @param maxUploadBytes the largest body in a file; more is refused with 413
 * @param maxTotalBodyBytes the memory for the bodies of all requests in progress together; more is refused with 503
 * @param headTimeout the time for a complete head, counted from its first byte; later is refused with 408
 * @param bodyGracePeriod the time in which a body may be slower than {@code minBodyBytesPerSecond}
 * @param minBodyBytesPerSecond the average rate of a body after its grace period; slower is refused with 408
 * @param bodyTimeout the time for a complete body in memory, at any rate; later is refused with 408
 * @param idleTimeout the time without a request after which a connection is closed
 * @param writeStallTimeout the time without progress after which a connection is reset whose client does not read
 * @param maxConnections the number of open connections; further ones are closed immediately
 */
public record ServerLimits(
        int maxTargetBytes,
        int maxHeaderBytes,
        int maxHeaders,
        long maxBodyBytes,
        long maxUploadBytes,
        long maxTotalBodyBytes,
        Duration headTimeout,
        Duration bodyGracePeriod,
        long minBodyBytesPerSecond,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration writeStallTimeout,
        int maxConnections) {

    /** The largest body that one array can hold. */
    private static final long LARGEST_BODY = Integer.MAX_VALUE - 8L;

    public ServerLimits {
        requirePositive(maxTargetBytes, "maxTargetBytes");
        requirePositive(maxHeaderBytes, "maxHeaderBytes");
        requirePositive(maxHeaders, "maxHeaders");
        requirePositive(maxBodyBytes, "maxBodyBytes");
        requirePositive(maxUploadBytes, "maxUploadBytes");
        requirePositive(maxTotalBodyBytes, "maxTotalBodyBytes");
        requirePositive(minBodyBytesPerSecond, "minBodyBytesPerSecond");
        requirePositive(maxConnections, "maxConnections");
        requirePositive(headTimeout, "headTimeout");
        requirePositive(bodyGracePeriod, "bodyGracePeriod");
        requirePositive(bodyTimeout, "bodyTimeout");
        requirePositive(idleTimeout, "idleTimeout");
        requirePositive(writeStallTimeout, "writeStallTimeout");
        if (maxBodyBytes > LARGEST_BODY) {
            throw new IllegalArgumentException("maxBodyBytes must be at most " + LARGEST_BODY + ": " + maxBodyBytes);
        }
    }

    /** Returns a builder with the default limits: for bodies of many megabytes and responses that take minutes. */
    public static Builder builder() {
        return new Builder();
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void requirePositive(Duration value, String name) {
        requireNonNull(value, name);
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    /** A builder of limits. Not thread-safe. */
    public static final class Builder {

        private int maxTargetBytes = 8 * 1024;
        private int maxHeaderBytes = 32 * 1024;
        private int maxHeaders = 100;
        private long maxBodyBytes = 64L * 1024 * 1024;
        private long maxUploadBytes = 64L * 1024 * 1024 * 1024;
        private long maxTotalBodyBytes = 256L * 1024 * 1024;
        private Duration headTimeout = Duration.ofSeconds(10);
        private Duration bodyGracePeriod = Duration.ofSeconds(10);
        private long minBodyBytesPerSecond = 1024;
        private Duration bodyTimeout = Duration.ofMinutes(5);
        private Duration idleTimeout = Duration.ofSeconds(75);
        private Duration writeStallTimeout = Duration.ofSeconds(60);
        private int maxConnections = 10_000;

        private Builder() {}

        /** Sets the longest request target in bytes; 8 KiB by default. */
        public Builder maxTargetBytes(int bytes) {
            maxTargetBytes = bytes;
            return this;
        }

        /** Sets the largest sum of header fields in bytes; 32 KiB by default. */
        public Builder maxHeaderBytes(int bytes) {
            maxHeaderBytes = bytes;
            return this;
        }

        /** Sets the largest number of header fields; 100 by default. */
        public Builder maxHeaders(int count) {
            maxHeaders = count;
            return this;
        }

        /** Sets the largest body in a file, in bytes; 64 GiB by default. */
        public Builder maxUploadBytes(long bytes) {
            maxUploadBytes = bytes;
            return this;
        }

        /** Sets the largest body in memory, in bytes; 64 MiB by default. */
        public Builder maxBodyBytes(long bytes) {
            maxBodyBytes = bytes;
            return this;
        }

        /** Sets the memory for the bodies of all requests together, in bytes; 256 MiB by default. */
        public Builder maxTotalBodyBytes(long bytes) {
            maxTotalBodyBytes = bytes;
            return this;
        }

        /** Sets the time for a complete head; 10 seconds by default. */
        public Builder headTimeout(Duration limit) {
            headTimeout = limit;
            return this;
        }

        /** Sets the time in which a body may be slower than the minimum rate; 10 seconds by default. */
        public Builder bodyGracePeriod(Duration grace) {
            bodyGracePeriod = grace;
            return this;
        }

        /** Sets the minimum rate of a body in bytes per second; 1024 by default. */
        public Builder minBodyBytesPerSecond(long rate) {
            minBodyBytesPerSecond = rate;
            return this;
        }

        /** Sets the time for a complete body; 5 minutes by default. */
        public Builder bodyTimeout(Duration limit) {
            bodyTimeout = limit;
            return this;
        }

        /** Sets the time without a request after which a connection is closed; 75 seconds by default. */
        public Builder idleTimeout(Duration limit) {
            idleTimeout = limit;
            return this;
        }

        /** Sets the time without progress after which a connection is reset whose client does not read; 60 seconds by default. */
        public Builder writeStallTimeout(Duration limit) {
            writeStallTimeout = limit;
            return this;
        }

        /** Sets the number of open connections; 10,000 by default. */
        public Builder maxConnections(int count) {
            maxConnections = count;
            return this;
        }

        /** Returns the limits; throws {@link IllegalArgumentException} when one is not positive. */
        public ServerLimits build() {
            return new ServerLimits(maxTargetBytes, maxHeaderBytes, maxHeaders, maxBodyBytes, maxUploadBytes,
                    maxTotalBodyBytes, headTimeout, bodyGracePeriod, minBodyBytesPerSecond, bodyTimeout, idleTimeout,
                    writeStallTimeout, maxConnections);
        }
    }
}
