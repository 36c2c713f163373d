package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.admission.AdmissionPort;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Access control: decides from its head whether a request is admitted. It never blocks. Thread-safe.
 *
 * <p>The order of the checks matters. A header that hides another one comes first, because it makes the end of the request doubtful.
 * A request under a foreign host name, or from a foreign web page, gets no further information.
 * The rate limit comes before the key, so that an address cannot guess keys quickly. The check for administration comes last, because
 * its message explains how to allow it.
 */
public final class AccessControl {

    private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE");

    private final AllowedHosts hosts;
    private final CorsPolicy origins;
    private final AccessSettings settings;
    private final ApiKeys keys;
    private final @Nullable ClientRateLimiter rates;
    private final boolean administration;
    private final PathPatterns allowedPaths;

    /**
     * Creates access control.
     *
     * @param settings who is admitted
     * @param admission the queue whose capacity a rate limit follows, or null if there is none
     * @param ticker the clock of the rate limit, {@code System::nanoTime} in production
     * @throws IllegalArgumentException if the rate limit follows the capacity of no queue
     */
    public AccessControl(AccessSettings settings, @Nullable AdmissionPort admission, Ticker ticker) {
        this.hosts = new AllowedHosts(settings.hosts());
        this.origins = new CorsPolicy(settings.origins());
        this.keys = new ApiKeys(settings.keys());
        this.settings = settings;
        this.rates = settings.rate() == null ? null : new ClientRateLimiter(settings.rate(), admission, meter(ticker));
        this.administration = settings.administration();
        this.allowedPaths = new PathPatterns(settings.allowedPaths());
    }

    /**
     * The decision about a request.
     *
     * @param caller who sends it: the index of the key, such as {@code key-0}, else the address of the client
     * @param key the key of the request, or null when it has none that is known
     * @param refusal why it is not admitted, or null when it is
     */
    public record Decision(String caller, @Nullable AccessKey key, @Nullable Refusal refusal) {}

    /**
     * Decides about a request, and counts it against the rate limit of its client.
     *
     * @param runsModel whether it needs the capacity of a model server
     */
    public Decision check(RequestHead head, AccessClass access, boolean runsModel) {
        String address = ClientRateLimiter.network(head.client());
        Refusal refusal = refuseSender(head, access);
        if (refusal != null || access == AccessClass.PROBE) {
            return new Decision(address, null, refusal);
        }
        String caller = address;
        AccessKey known = null;
        if (!isPreflight(head)) {
            int key = keys.areRequired() ? keys.find(head.headers()) : ApiKeys.UNKNOWN;
            known = key == ApiKeys.UNKNOWN ? null : settings.keys().get(key);
            caller = known == null ? address : "key-" + key;
            refusal = refuseCaller(caller, runsModel, keys.areRequired() && known == null);
        }
        if (refusal == null && access == AccessClass.ADMIN && !administration && !allowedPaths.match(head.path())) {
            refusal = new Refusal(
                    RefusalReason.ADMIN,
                    "this request may change the model server or make it reach other servers; the operator of this gateway can allow "
                            + "its path in paddock.gateway.access.allow, or all requests with --admin (paddock.gateway.admin = true)");
        }
        return new Decision(caller, known, refusal);
    }

    /** Returns whether a browser asks for permission; the answer has status 204 and the {@link #responseHeaders}. */
    public boolean isPreflight(RequestHead head) {
        return origins.isPreflight(head);
    }

    /** Returns the CORS headers of any response to a request. */
    public Headers responseHeaders(RequestHead head) {
        return isPreflight(head) && origins.allows(head.headers())
                ? origins.preflightHeaders(head.headers())
                : origins.responseHeaders(head.headers());
    }

    private @Nullable Refusal refuseSender(RequestHead head, AccessClass access) {
        if (AmbiguousHeaders.areIn(head.headers())) {
            return new Refusal(
                    RefusalReason.HEADER,
                    "the name of a header has an underscore or another character where a hyphen belongs");
        }
        String host = head.headers().first("Host");
        if (host != null && access != AccessClass.PROBE && !hosts.allows(host)) {
            return new Refusal(
                    RefusalReason.HOST,
                    "this gateway does not have the name in the Host header; paddock.gateway.access.hosts lists further names");
        }
        if (!origins.allows(head.headers())) {
            return new Refusal(
                    RefusalReason.ORIGIN,
                    "web pages of this origin may not use this gateway; paddock.gateway.access.origins lists those that may");
        }
        if (FORBIDDEN_METHODS.contains(head.method())) {
            return new Refusal(RefusalReason.METHOD, "the gateway does not relay this method");
        }
        return null;
    }

    private @Nullable Refusal refuseCaller(String caller, boolean runsModel, boolean keyMissing) {
        Duration wait = rates == null || !rates.counts(runsModel) ? Duration.ZERO : rates.tryAcquire(caller);
        if (wait.isPositive()) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            return new Refusal(
                    RefusalReason.RATE, "too many requests", Headers.of("Retry-After", Long.toString(seconds)));
        }
        if (keyMissing) {
            return new Refusal(
                    RefusalReason.KEY,
                    "this gateway requires a key, in Authorization: Bearer or in x-api-key",
                    Headers.of("WWW-Authenticate", "Bearer"));
        }
        return null;
    }

    private static TimeMeter meter(Ticker ticker) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return ticker.nanos();
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        };
    }
}
