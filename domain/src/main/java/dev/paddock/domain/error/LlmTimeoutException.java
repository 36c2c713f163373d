package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A phase of the call, or the whole call, exceeded its time limit. */
public final class LlmTimeoutException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final CallPhase phase;
    private final Duration limit;
    private final @Nullable String proxy;

    /** Creates the failure for the phase that ran out of time and the limit that was in force. */
    public LlmTimeoutException(CallPhase phase, Duration limit, ErrorFacts facts, @Nullable Throwable cause) {
        this(phase, limit, null, facts, cause);
    }

    /**
     * Creates the failure for the phase that ran out of time and the limit that was in force.
     *
     * @param proxy the URL of the proxy that was waited for, without credentials, or null when it was the server
     */
    public LlmTimeoutException(
            CallPhase phase, Duration limit, @Nullable String proxy, ErrorFacts facts, @Nullable Throwable cause) {
        super(
                ErrorKind.TIMEOUT,
                phase.description() + (proxy == null ? "" : " through the proxy " + proxy) + " took longer than " + limit.toMillis() + " ms",
                facts,
                cause);
        this.phase = requireNonNull(phase, "phase");
        this.limit = requireNonNull(limit, "limit");
        this.proxy = proxy;
    }

    /** Returns the URL of the proxy that was waited for, without credentials, or null when it was the server. */
    public @Nullable String proxy() {
        return proxy;
    }

    /** Returns the phase that ran out of time. */
    public CallPhase phase() {
        return phase;
    }

    /** Returns the limit that was in force. */
    public Duration limit() {
        return limit;
    }

    @Override
    public boolean isRetryable() {
        return phase != CallPhase.CALL;
    }

    @Override
    public String advice() {
        return switch (phase) {
            case LEASE -> "All connections are in use: raise their limit, or make fewer calls at once.";
            case CONNECT -> proxy == null ? "Is the server reachable?" : "Is the proxy reachable, and does it reach the server?";
            case TLS -> "Does the server speak TLS on this port?";
            case SEND -> "The server does not accept the request fast enough.";
            case HEAD, BODY -> "The server sends nothing; it may take minutes to load a model.";
            case CALL -> "Allow the whole call more time, or ask for less.";
        };
    }
}
