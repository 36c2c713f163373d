package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.adapters.http.gateway.relay.ApiEndpoint;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.time.Ticker;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is let in, by its head alone. It never blocks. Thread-safe.
 *
 * <p>The order of the rules: whoever does not even address this gateway, or is a web page of somebody else, learns nothing; wrong keys
 * cost as much of the rate of an address as anything else does, so that they cannot be guessed quickly; administration comes last,
 * because it explains how to allow it.
 */
public final class AccessControl {

    private static final Set<String> NEVER = Set.of("CONNECT", "TRACE");
    private static final int FORBIDDEN = 403;

    private final AllowedHosts hosts;
    private final CorsPolicy origins;
    private final ApiKeys keys;
    private final @Nullable ClientRateLimiter rates;
    private final boolean administration;

    /**
     * Creates the control.
     *
     * @param settings whom to let in
     * @param ticker what rates are measured with, {@code System::nanoTime} in production
     */
    public AccessControl(AccessSettings settings, Ticker ticker) {
        this.hosts = new AllowedHosts(settings.hosts());
        this.origins = new CorsPolicy(settings.origins());
        this.keys = new ApiKeys(settings.keyHashes());
        this.rates = settings.rate() == null ? null : new ClientRateLimiter(settings.rate(), meter(ticker));
        this.administration = settings.administration();
    }

    /** Returns why a request is not let in, or null when it is. What is counted against its client is counted here. */
    public @Nullable Refusal refuse(RequestHead head, ApiEndpoint route) {
        Refusal refusal = refuseSender(head);
        if (refusal == null && !isPreflight(head)) {
            refusal = refuseClient(head);
        }
        if (refusal == null && route.administrative() && !administration) {
            refusal = Refusal.of(
                    RefusalReason.ADMIN,
                    FORBIDDEN,
                    "this gateway does not let its clients change the model server or its account; whoever runs it can allow "
                            + "that with paddock.gateway.admin = true");
        }
        return refusal;
    }

    /** Returns why a request that only asks whether the gateway lives is not answered, or null when it is. */
    public @Nullable Refusal refuseProbe(RequestHead head) {
        return refuseSender(head);
    }

    /** Tells whether a browser asks what it may send; that is answered with status 204 and {@link #fields}. */
    public boolean isPreflight(RequestHead head) {
        return origins.isPreflight(head);
    }

    /** Returns what a browser is told with the answer to a request, whatever the answer is. */
    public Headers fields(RequestHead head) {
        return isPreflight(head) && origins.allows(head.headers())
                ? origins.preflightFields(head.headers())
                : origins.fields(head.headers());
    }

    private @Nullable Refusal refuseSender(RequestHead head) {
        String host = head.headers().first("Host");
        if (host != null && !hosts.allows(host)) {
            return Refusal.of(
                    RefusalReason.HOST,
                    FORBIDDEN,
                    "this gateway is not known by the name it was addressed with; paddock.gateway.access.hosts lists further names");
        }
        if (!origins.allows(head.headers())) {
            return Refusal.of(
                    RefusalReason.ORIGIN,
                    FORBIDDEN,
                    "web pages of this origin may not use this gateway; paddock.gateway.access.origins lists those that may");
        }
        if (NEVER.contains(head.method())) {
            return Refusal.of(RefusalReason.METHOD, 405, "this method is not passed on");
        }
        if (AmbiguousHeaders.areIn(head.headers())) {
            return Refusal.of(RefusalReason.HEADER, 400, "the name of a header has an underscore where a hyphen belongs");
        }
        return null;
    }

    private @Nullable Refusal refuseClient(RequestHead head) {
        int key = keys.areRequired() ? keys.find(head.headers()) : ApiKeys.UNKNOWN;
        String client = key == ApiKeys.UNKNOWN ? "address " + ClientAddress.network(head.client()) : "key " + key;
        Duration wait = rates == null ? Duration.ZERO : rates.tryAcquire(client);
        if (wait.isPositive()) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            return new Refusal(
                    RefusalReason.RATE, 429, "too many requests", Headers.of("Retry-After", Long.toString(seconds)));
        }
        if (keys.areRequired() && key == ApiKeys.UNKNOWN) {
            return new Refusal(
                    RefusalReason.KEY,
                    401,
                    "this gateway asks for a key, in Authorization: Bearer or in x-api-key",
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
