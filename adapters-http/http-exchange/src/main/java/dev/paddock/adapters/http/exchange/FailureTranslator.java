package dev.paddock.adapters.http.exchange;

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
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says in the words of the domain how one call failed. Thread-safe. */
final class FailureTranslator {

    private final BaseUrl baseUrl;
    private final TransportLease lease;
    private final Ticker ticker;
    private final long startNanos;
    private volatile @Nullable Duration passedDeadline;

    FailureTranslator(BaseUrl baseUrl, TransportLease lease, Ticker ticker) {
        this.baseUrl = baseUrl;
        this.lease = lease;
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
    }

    /** Notes that the call is being cancelled because the whole call may take no longer than the given time. */
    void deadlinePassed(Duration limit) {
        passedDeadline = limit;
    }

    /** Returns what is known of the call now. */
    ErrorFacts facts() {
        return ErrorFacts.NONE
                .withBackend(baseUrl.toString())
                .withAttempts(1)
                .withElapsed(Duration.ofNanos(ticker.nanos() - startNanos));
    }

    LlmException translate(TransportException failure) {
        CallPhase phase = failure.progress().phase();
        // A call that waited for a connection has not left the process.
        ErrorFacts facts = facts().withProgress(failure.progress()).withAttempts(phase == CallPhase.LEASE ? 0 : 1);
        return switch (failure.failure()) {
            case UNKNOWN_HOST, CONNECTION_REFUSED, UNREACHABLE, TLS_FAILED ->
                new BackendUnavailableException(describe("cannot connect to", failure), facts, failure);
            case CONNECT_TIMEOUT ->
                new LlmTimeoutException(phase, lease.settings().connectTimeout(), facts, failure);
            case READ_TIMEOUT -> new LlmTimeoutException(phase, lease.settings().readTimeout(), facts, failure);
            case LEASE_TIMEOUT ->
                new LlmTimeoutException(CallPhase.LEASE, lease.limits().leaseTimeout(), facts, failure);
            case POOL_FULL -> new PoolExhaustedException(lease.limits().connectionsPerHost(), facts);
            case SEND_FAILED, NO_RESPONSE, RESET ->
                new ConnectionLostException(describe("lost the connection to", failure), facts, failure);
            case MALFORMED -> new MalformedResponseException(describe("no valid HTTP from", failure), facts, failure);
            case TRUNCATED ->
                new TruncatedResponseException(describe("the answer broke off from", failure), facts, failure);
            case CANCELLED -> cancelled(facts, failure);
            case CLOSED -> new ClientClosedException("the client was closed", facts, failure);
        };
    }

    /** Returns the failure of a call that somebody stopped: its deadline, or else its caller. */
    LlmException cancelled(ErrorFacts facts, @Nullable Throwable cause) {
        Duration limit = passedDeadline;
        return limit != null
                ? new LlmTimeoutException(CallPhase.CALL, limit, facts, cause)
                : new CallCancelledException("the call was cancelled", facts, cause);
    }

    private String describe(String what, TransportException failure) {
        return what + " " + baseUrl + ": " + failure.getMessage();
    }
}
