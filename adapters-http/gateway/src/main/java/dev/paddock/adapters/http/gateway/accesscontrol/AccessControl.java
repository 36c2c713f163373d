package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.domain.admission.RequestRate;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.sharedstate.RateLimitPort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
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
    private final @Nullable ClientRateLimiter rates;
    private final RateLimitPort local;
    private final RateLimitPort limits; // the same as local unless several gateways share them
    private final boolean administration;
    private final PathPatterns allowedPaths;
    private volatile ApiKeys keys;

    /**
     * Creates access control.
     *
     * @param settings who is admitted
     * @param admission the queue whose capacity a rate limit follows, or null if there is none
     * @param ticker the clock of the rate limit, {@code System::nanoTime} in production
     * @throws IllegalArgumentException if the rate limit follows the capacity of no queue
     */
    public AccessControl(AccessSettings settings, @Nullable AdmissionPort admission, Ticker ticker) {
        this(settings, admission, null, ticker);
    }

    /**
     * Creates access control whose rate limits may hold for several gateways. The other parameters are those of the other constructor.
     *
     * @param shared what this gateway shares with others, or null for nothing
     */
    public AccessControl(
            AccessSettings settings, @Nullable AdmissionPort admission, @Nullable SharedStatePort shared, Ticker ticker) {
        this.hosts = new AllowedHosts(settings.hosts());
        this.origins = new CorsPolicy(settings.origins());
        this.keys = new ApiKeys(settings.keys(), settings.isKeyRequired());
        this.rates = settings.rate() == null ? null : new ClientRateLimiter(settings.rate(), admission);
        int clients = settings.rate() == null ? 1 : settings.rate().clients();
        this.local = new LocalRateLimits(clients, meter(ticker));
        RateLimitPort part = new LocalRateLimits(clients, meter(ticker)); // of the shared limits: it has other rates than local
        RateLimitPort common = shared == null || settings.rate() == null ? part : shared.rateLimits(part);
        this.limits = common.equals(part) ? local : common;
        this.administration = settings.administration();
        this.allowedPaths = new PathPatterns(settings.allowedPaths());
    }

    /**
     * The decision about a request.
     *
     * @param caller who sends it: the name or index of the key, such as {@code alice} or {@code key-0}, else the address of the client
     * @param key the key of the request, or null when it has none that is known
     * @param refusal why it is not admitted, or null when it is
     * @param uncounted the rate that it has yet to be {@linkplain #count counted} against, or null when there is none
     */
    public record Decision(
            String caller, @Nullable AccessKey key, @Nullable Refusal refusal, @Nullable RequestRate uncounted) {

        /** Returns the text that stands for the caller in all gateways that share state. */
        String tenant() {
            return key == null ? caller : key.tenant();
        }
    }

    /**
     * Decides about a request, and counts it against the rate limit of its client unless that needs a store. Returns at once.
     *
     * @param runsModel whether it needs the capacity of a model server
     */
    public Decision check(RequestHead head, AccessClass access, boolean runsModel) {
        String address = ClientRateLimiter.network(head.client());
        Refusal refusal = refuseSender(head, access);
        if (refusal != null || access == AccessClass.PROBE) {
            return new Decision(address, null, refusal, null);
        }
        Decision decision = new Decision(address, null, null, null);
        if (!isPreflight(head)) {
            decision = decideAbout(head, address, runsModel, access);
            refusal = decision.refusal();
        }
        if (refusal == null && access == AccessClass.ADMIN && !administration && !allowedPaths.match(head.path())) {
            refusal = new Refusal(
                    RefusalReason.ADMIN,
                    "this request may change the model server or make it reach other servers; the operator of this gateway can allow "
                            + "its path in paddock.gateway.access.allow, or all requests with --admin (paddock.gateway.admin = true)");
        }
        return new Decision(decision.caller(), decision.key(), refusal, refusal == null ? decision.uncounted() : null);
    }

    /**
     * Counts a request that was not yet {@linkplain Decision#uncounted counted}, and returns why it is not admitted, or null when it is. It
     * may wait for a store, for the longest time of an operation.
     */
    public @Nullable Refusal count(Decision decision) {
        RequestRate rate = decision.uncounted();
        return rate == null ? null : refuseTooMany(limits.tryAcquire(decision.tenant(), rate));
    }

    /** Returns whether the key of a request that was admitted has not been revoked since, and none is required of one that has none. */
    public boolean isStillAdmitted(Decision decision) {
        ApiKeys present = keys;
        return !present.areRequired() || (decision.key() != null && present.contains(decision.key()));
    }

    /** Replaces the keys for all requests that come from now on. */
    public void replaceKeys(List<AccessKey> newKeys) {
        keys = new ApiKeys(newKeys, keys.areRequired() || !newKeys.isEmpty());
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

    /**
     * Decides about a client, whose key may be unknown. A client without a key that is required is counted here, and by its address. So is a
     * request that needs administration: its body may be the file of a model, which is not to arrive in vain.
     */
    private Decision decideAbout(RequestHead head, String address, boolean runsModel, AccessClass access) {
        ApiKeys present = keys;
        int key = present.areRequired() ? present.find(head.headers()) : ApiKeys.UNKNOWN;
        RequestRate rate = rates == null ? null : rates.rateOf(runsModel);
        if (key == ApiKeys.UNKNOWN && present.areRequired()) {
            Refusal tooMany = rate == null ? null : refuseTooMany(local.tryAcquire(address, rate));
            Refusal missing = new Refusal(
                    RefusalReason.KEY,
                    "this gateway requires a key, in Authorization: Bearer or in x-api-key",
                    Headers.of("WWW-Authenticate", "Bearer"));
            return new Decision(address, null, tooMany == null ? missing : tooMany, null);
        }
        AccessKey known = key == ApiKeys.UNKNOWN ? null : present.get(key);
        Decision caller = new Decision(known == null ? address : known.caller(key), known, null, rate);
        RateLimitPort counting = access == AccessClass.ADMIN ? local : limits;
        Duration wait = rate == null ? Duration.ZERO : counting.tryAcquireAtOnce(caller.tenant(), rate);
        return wait == null ? caller : new Decision(caller.caller(), known, refuseTooMany(wait), null);
    }

    private static @Nullable Refusal refuseTooMany(Duration wait) {
        if (!wait.isPositive()) {
            return null;
        }
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Refusal(RefusalReason.RATE, "too many requests", Headers.of("Retry-After", Long.toString(seconds)));
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
