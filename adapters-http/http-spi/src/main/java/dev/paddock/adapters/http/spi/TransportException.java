package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallProgress;
import org.jspecify.annotations.Nullable;

/** The one failure of a transport: what went wrong and how far the call had come. The cause is the library's own exception. */
public final class TransportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TransportFailure failure;

    @SuppressWarnings("serial") // a record of values; failures are not meant to be serialised
    private final CallProgress progress;

    /**
     * Creates the failure, with the message that says what happened, and in which phase of the call.
     *
     * @param failure what went wrong
     * @param progress how far the call had come
     * @param cause the library's exception, or null when there is none
     */
    public TransportException(TransportFailure failure, CallProgress progress, @Nullable Throwable cause) {
        this(failure, progress, failure.description() + " while " + progress.phase().description(), cause);
    }

    /**
     * Creates the failure.
     *
     * @param failure what went wrong
     * @param progress how far the call had come
     * @param message one line for people, without content of requests or responses
     * @param cause the library's exception, or null when there is none
     */
    public TransportException(
            TransportFailure failure, CallProgress progress, String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.failure = requireNonNull(failure, "failure");
        this.progress = requireNonNull(progress, "progress");
    }

    /** Returns what went wrong. */
    public TransportFailure failure() {
        return failure;
    }

    /** Returns how far the call had come. */
    public CallProgress progress() {
        return progress;
    }
}
