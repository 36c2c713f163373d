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

    /** Creates the failure for the phase that ran out of time and the limit that was in force. */
    public LlmTimeoutException(CallPhase phase, Duration limit, ErrorFacts facts, @Nullable Throwable cause) {
        super(
                ErrorKind.TIMEOUT,
                phase.description() + " took longer than " + limit.toMillis() + " ms",
                facts,
                cause);
        this.phase = requireNonNull(phase, "phase");
        this.limit = requireNonNull(limit, "limit");
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
            case CONNECT -> "Is the server reachable?";
            case TLS -> "Does the server speak TLS on this port?";
            case SEND -> "The server does not accept the request fast enough.";
            case HEAD, BODY -> "The server sends nothing; it may take minutes to load a model.";
            case CALL -> "Allow the whole call more time, or ask for less.";
        };
    }
}
