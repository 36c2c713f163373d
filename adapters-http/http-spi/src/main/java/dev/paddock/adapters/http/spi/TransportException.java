package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallProgress;
import org.jspecify.annotations.Nullable;

/** The one exception of a transport, with the kind of failure and the progress of the call. The cause is the library's exception. */
public final class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TransportFailure failure;

    @SuppressWarnings("serial") // a record of values; failures are not meant to be serialised
    private final CallProgress progress;

    /**
     * Creates the failure, with a message that names the failure and the phase of the call.
     *
     * @param failure the kind of failure
     * @param progress the progress of the call
     * @param cause the library's exception, or null when there is none
     */
    public TransportException(TransportFailure failure, CallProgress progress, @Nullable Throwable cause) {
        this(failure, progress, failure.description() + " while " + progress.phase().description(), cause);
    }

    /**
     * Creates the failure.
     *
     * @param failure the kind of failure
     * @param progress the progress of the call
     * @param message one line for people, without content of requests or responses
     * @param cause the library's exception, or null when there is none
     */
    public TransportException(
            TransportFailure failure, CallProgress progress, String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause, true, failure != TransportFailure.POOL_FULL); // many calls may be refused
        this.failure = requireNonNull(failure, "failure");
        this.progress = requireNonNull(progress, "progress");
    }

    /** Returns the kind of failure. */
    public TransportFailure failure() {
        return failure;
    }

    /** Returns the progress of the call. */
    public CallProgress progress() {
        return progress;
    }
}
