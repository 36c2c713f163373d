package dev.paddock.adapters.http.gateway.accesscontrol;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.admission.RequestRate;
import dev.paddock.ports.admission.AdmissionPort;
import org.jspecify.annotations.Nullable;

/**
 * The rate of each client: fixed, or that of the capacity of the model servers, so that a client that they can serve is never refused. While
 * their capacity is not known, there is no limit. A client may send at once what may wait in the queue. Thread-safe.
 */
final class ClientRateLimiter {

    private static final int GROUPS_OF_NETWORK = 4;

    private final AccessSettings.RateLimit rate;
    private final @Nullable AdmissionPort capacity; // null for a fixed rate
    private final @Nullable RequestRate fixed; // null for a rate by capacity

    ClientRateLimiter(AccessSettings.RateLimit rate, @Nullable AdmissionPort admission) {
        if (rate.isByCapacity() && admission == null) {
            throw new IllegalArgumentException("a rate limit by capacity needs an admission queue");
        }
        this.rate = requireNonNull(rate, "rate");
        this.capacity = rate.isByCapacity() ? admission : null;
        this.fixed = rate.isByCapacity() ? null : new RequestRate(rate.perSecond(), rate.burst());
    }

    /** Returns what the addresses of one client have in common: in IPv6 a household has a network of 64 bits. */
    static String network(String address) {
        if (address.indexOf(':') < 0 || address.contains("::")) {
            return address;
        }
        int end = -1;
        for (int group = 0; group < GROUPS_OF_NETWORK; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }

    /**
     * Returns the rate that a request counts against, or null when it is not limited: a lookup needs none of the capacity that a limit
     * follows.
     */
    @Nullable RequestRate rateOf(boolean runsModel) {
        if (capacity == null) {
            return fixed;
        }
        double perSecond = runsModel ? capacity.callsPerSecond() : Double.NaN;
        if (Double.isNaN(perSecond)) {
            return null;
        }
        return new RequestRate(
                Math.clamp(perSecond, AccessSettings.RateLimit.LEAST, AccessSettings.RateLimit.MOST),
                Math.max(rate.burst(), capacity.callsOfOneCaller()));
    }
}
