package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A phase of the call, or the whole call, took longer than it may. */
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
            case LEASE -> "All connections are busy: raise OLLAMA_POOL_MAXSIZE, or call less at once.";
            case CONNECT -> "Is the server reachable? OLLAMA_CONNECT_TIMEOUT sets this limit.";
            case TLS -> "Does the server speak TLS on this port? paddock.timeouts.tls sets this limit.";
            case SEND -> "The server does not take the request; paddock.timeouts.send sets this limit.";
            case HEAD, BODY ->
                "The server is silent; a cold model may take minutes to load. OLLAMA_READ_TIMEOUT sets this limit.";
            case CALL -> "Allow the whole call more time, or ask for less.";
        };
    }
}
