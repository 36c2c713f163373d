package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.pool.PhaseTimeout;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.domain.error.BackendUnavailableException;
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
    private final PhaseTimeout timeout;
    private final Ticker ticker;
    private final long startNanos;

    FailureTranslator(BaseUrl baseUrl, BackendId backend, TransportLease lease, PhaseTimeout timeout, Ticker ticker) {
        this.baseUrl = baseUrl;
        this.backend = backend;
        this.lease = lease;
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
            case UNKNOWN_HOST ->
                BackendUnavailableException.ofUnknownHost(describe("cannot connect to", failure), facts, failure);
            case CONNECTION_REFUSED, UNREACHABLE, TLS_FAILED ->
                new BackendUnavailableException(describe("cannot connect to", failure), facts, failure);
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
        return new LlmTimeoutException(phase, limit == null ? Duration.ZERO : limit, facts, cause);
    }

    private String describe(String what, TransportException failure) {
        return what + " " + baseUrl + ": " + failure.getMessage();
    }
}
