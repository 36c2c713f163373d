package dev.paddock.domain.pool;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pool of connections to one server as observed at one instant. A number that the transport cannot know is null, never
 * zero.
 *
 * @param endpoint the server, for example {@code http://127.0.0.1:11434}
 * @param transport the name of the transport that makes the connections
 * @param limits the limits in force
 * @param usage what is in use now
 * @param totals what has happened since the pool was opened
 */
public record EndpointPool(String endpoint, String transport, PoolLimits limits, Usage usage, Totals totals) {

    public EndpointPool {
        requireNonNull(endpoint, "endpoint");
        requireNonNull(transport, "transport");
        requireNonNull(limits, "limits");
        requireNonNull(usage, "usage");
        requireNonNull(totals, "totals");
    }

    /**
     * What is in use now.
     *
     * @param leased connections given to calls
     * @param idle open connections waiting for a call, or null when the transport does not report it
     * @param pending calls waiting for a connection
     */
    public record Usage(int leased, @Nullable Integer idle, int pending) {}

    /**
     * What has happened since the pool was opened.
     *
     * @param created connections opened, as the server would count them, or null when the transport does not report it
     * @param leases connections given to calls, new and reused together
     * @param reused connections given to calls that had served a request before, or null when the transport does not report it
     * @param exhausted calls that found every connection in use, whatever became of them
     * @param closed connections closed, by reason; a reason that the transport does not know is absent
     */
    public record Totals(
            @Nullable Long created, long leases, @Nullable Long reused, long exhausted, Map<CloseReason, Long> closed) {

        public Totals {
            closed = Map.copyOf(closed);
        }

        /** Returns the share of leases that used an open connection, 0 to 1, or null when that is not known. */
        public @Nullable Double reuseRatio() {
            if (reused == null || leases == 0) {
                return null;
            }
            return (double) reused / leases;
        }
    }
}
