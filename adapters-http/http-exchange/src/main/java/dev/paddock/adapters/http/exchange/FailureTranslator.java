package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.pool.PhaseTimeout;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.BackendUnavailableException.Hop;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Translates the failure of one call into a failure of the domain. Thread-safe. */
final class FailureTranslator {

    private static final String CANCELLED = "the call was cancelled";

    private final BaseUrl baseUrl;
    private final BackendId backend;
    private final TransportLease lease;
    private final @Nullable HttpProxy proxy;
    private final PhaseTimeout timeout;
    private final Ticker ticker;
    private final long startNanos;

    FailureTranslator(BaseUrl baseUrl, BackendId backend, TransportLease lease, PhaseTimeout timeout, Ticker ticker) {
        this.baseUrl = baseUrl;
        this.backend = backend;
        this.lease = lease;
        this.proxy = lease.settings().proxy();
        this.timeout = timeout;
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
    }

    /** Returns what is known of the call now. */
    ErrorFacts facts() {
        return ErrorFacts.NONE
                .withBackend(backend)
                .withAttempts(1)
                .withElapsed(Duration.ofNanos(ticker.nanos() - startNanos));
    }

    LlmException translate(TransportException failure) {
        CallPhase phase = failure.progress().phase();
        // A call that waited for a connection has not left the process.
        ErrorFacts facts = facts().withProgress(failure.progress()).withAttempts(phase == CallPhase.LEASE ? 0 : 1);
        return switch (failure.failure()) {
            case UNKNOWN_HOST, CONNECTION_REFUSED, UNREACHABLE, TLS_FAILED ->
                phase == CallPhase.CONNECT && proxy != null
                        ? unavailable(Hop.PROXY, "cannot connect to the proxy " + proxy + " on the way to", facts, failure)
                        : unavailable(Hop.SERVER, "cannot connect to", facts, failure);
            case PROXY_FAILED -> unavailable(Hop.PROXY, "cannot connect to", facts, failure);
            case PROXY_REFUSED -> unavailable(Hop.REFUSING_PROXY, "cannot connect to", facts, failure);
            case TIMEOUT -> outOfTime(phase, facts, failure);
            case DEADLINE -> outOfTime(CallPhase.CALL, facts, failure);
            case LEASE_TIMEOUT ->
                new LlmTimeoutException(CallPhase.LEASE, lease.limits().leaseTimeout(), facts, failure);
            case LOCAL_RESOURCES -> new PoolExhaustedException(
                    "this process cannot open another connection to " + baseUrl + ": " + failure.getMessage(), facts, failure);
            case POOL_FULL -> new PoolExhaustedException(lease.limits().connectionsPerHost(), facts);
            case SEND_FAILED, NO_RESPONSE, RESET ->
                new ConnectionLostException(describe("lost the connection to", failure), facts, failure);
            case MALFORMED ->
                new MalformedResponseException(
                        describe("no valid HTTP from", failure), "no valid HTTP: " + failure.getMessage(), facts, failure);
            case TRUNCATED ->
                new TruncatedResponseException(describe("the answer broke off from", failure), facts, failure);
            case CANCELLED -> new CallCancelledException(CANCELLED, facts, failure);
            case CLOSED -> new ClientClosedException("the client was closed", facts, failure);
        };
    }

    /** Returns the outcome of a call that was closed before its end: by its deadline, or else by its caller. */
    LlmException closed(ErrorFacts facts) {
        return timeout.expired() == CallPhase.CALL
                ? outOfTime(CallPhase.CALL, facts, null)
                : new CallCancelledException(CANCELLED, facts, null);
    }

    private LlmTimeoutException outOfTime(CallPhase phase, ErrorFacts facts, @Nullable Throwable cause) {
        Duration limit = timeout.limitOf(phase);
        String awaited = phase == CallPhase.CONNECT && proxy != null ? proxy.toString() : null;
        return new LlmTimeoutException(phase, limit == null ? Duration.ZERO : limit, awaited, facts, cause);
    }

    private BackendUnavailableException unavailable(Hop hop, String what, ErrorFacts facts, TransportException failure) {
        return failure.failure() == TransportFailure.UNKNOWN_HOST
                ? BackendUnavailableException.ofUnknownHost(hop, describe(what, failure), facts, failure)
                : new BackendUnavailableException(hop, describe(what, failure), facts, failure);
    }

    private String describe(String what, TransportException failure) {
        boolean isNamed = proxy == null || what.contains("proxy");
        return what + " " + baseUrl + (isNamed ? "" : " through the proxy " + proxy) + ": " + failure.getMessage();
    }
}
