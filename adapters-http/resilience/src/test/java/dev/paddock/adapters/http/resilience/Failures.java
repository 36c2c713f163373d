package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Supplier;

/** What can go wrong with an attempt, as the exchange port over HTTP says it. */
enum Failures implements Supplier<LlmException> {
    REFUSED,
    UNKNOWN_HOST,
    PROXY_FAILED,
    PROXY_REFUSES,
    CERTIFICATE,
    CONNECT_TIMEOUT,
    TLS_TIMEOUT,
    LEASE_TIMEOUT,
    POOL_FULL,
    PARTLY_SENT,
    STALE,
    STALE_PARTLY_SENT,
    RESET_WHILE_WAITING,
    RESET_IN_HEAD,
    SEND_TIMEOUT,
    HEAD_TIMEOUT,
    BODY_TIMEOUT,
    BODY_RESET,
    TRUNCATED,
    ENDED_EARLY,
    LOCAL_RESOURCES,
    FAILED_IN_ANSWER,
    MALFORMED,
    MALFORMED_BODY,
    CANCELLED,
    DEADLINE,
    CLOSED;

    @Override
    public LlmException get() {
        return switch (this) {
            case REFUSED -> new BackendUnavailableException("refused", at(CallProgress.nothingSent(CallPhase.CONNECT)));
            case UNKNOWN_HOST -> BackendUnavailableException.ofUnknownHost(
                    BackendUnavailableException.Hop.SERVER, "no address", at(CallProgress.nothingSent(CallPhase.CONNECT)), null);
            case PROXY_FAILED -> atProxy(BackendUnavailableException.Hop.PROXY);
            case PROXY_REFUSES -> atProxy(BackendUnavailableException.Hop.REFUSING_PROXY);
            case CERTIFICATE ->
                new BackendUnavailableException("untrusted", at(CallProgress.nothingSent(CallPhase.TLS)));
            case CONNECT_TIMEOUT -> timeout(CallPhase.CONNECT, CallProgress.nothingSent(CallPhase.CONNECT));
            case TLS_TIMEOUT -> timeout(CallPhase.TLS, CallProgress.nothingSent(CallPhase.TLS));
            case LEASE_TIMEOUT -> timeout(CallPhase.LEASE, CallProgress.NOT_CONNECTED);
            case POOL_FULL -> new PoolExhaustedException(20, at(CallProgress.NOT_CONNECTED));
            case PARTLY_SENT -> lost(new CallProgress(CallPhase.SEND, 10, 100, false, false));
            case STALE -> lost(new CallProgress(CallPhase.HEAD, 100, 100, false, true));
            case STALE_PARTLY_SENT -> lost(new CallProgress(CallPhase.SEND, 0, 100, false, true));
            case RESET_WHILE_WAITING -> lost(new CallProgress(CallPhase.HEAD, 100, 100, false, false));
            case RESET_IN_HEAD -> lost(new CallProgress(CallPhase.HEAD, 100, 100, true, true));
            case SEND_TIMEOUT -> timeout(CallPhase.SEND, new CallProgress(CallPhase.SEND, 10, 100, false, false));
            case HEAD_TIMEOUT -> timeout(CallPhase.HEAD, new CallProgress(CallPhase.HEAD, 100, 100, false, false));
            case BODY_TIMEOUT -> timeout(CallPhase.BODY, new CallProgress(CallPhase.BODY, -1, -1, true, false));
            case BODY_RESET -> lost(new CallProgress(CallPhase.BODY, -1, -1, true, true));
            case TRUNCATED ->
                new TruncatedResponseException(
                        "cut", at(new CallProgress(CallPhase.BODY, -1, -1, true, false)), new EOFException());
            case ENDED_EARLY ->
                new TruncatedResponseException("ended", at(new CallProgress(CallPhase.BODY, -1, -1, true, false)));
            case LOCAL_RESOURCES ->
                new PoolExhaustedException("no file", at(CallProgress.nothingSent(CallPhase.CONNECT)), new SocketException());
            case FAILED_IN_ANSWER ->
                new GenerationFailedException("failed", at(new CallProgress(CallPhase.BODY, -1, -1, true, false)));
            case MALFORMED ->
                new MalformedResponseException("no HTTP", at(new CallProgress(CallPhase.HEAD, 100, 100, true, false)));
            case MALFORMED_BODY ->
                new MalformedResponseException("too long", at(new CallProgress(CallPhase.BODY, -1, -1, true, false)));
            case CANCELLED -> new CallCancelledException("cancelled", at(CallProgress.NOT_CONNECTED));
            case DEADLINE -> timeout(CallPhase.CALL, CallProgress.nothingSent(CallPhase.CONNECT));
            case CLOSED -> new ClientClosedException("closed", at(CallProgress.NOT_CONNECTED));
        };
    }

    private static LlmException atProxy(BackendUnavailableException.Hop hop) {
        return new BackendUnavailableException(hop, "no tunnel", at(CallProgress.nothingSent(CallPhase.CONNECT)), null);
    }

    private static LlmException lost(CallProgress progress) {
        return new ConnectionLostException("lost", at(progress));
    }

    private static LlmException timeout(CallPhase phase, CallProgress progress) {
        return new LlmTimeoutException(phase, Duration.ofSeconds(1), at(progress), null);
    }

    private static ErrorFacts at(CallProgress progress) {
        return ErrorFacts.NONE
                .withBackend(BackendId.of(ScriptedBackend.URL))
                .withAttempts(1)
                .withElapsed(Duration.ofMillis(5))
                .withProgress(progress);
    }
}
