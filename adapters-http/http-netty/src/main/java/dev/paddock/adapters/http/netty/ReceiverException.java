package dev.paddock.adapters.http.netty;

import static java.util.Objects.requireNonNull;

import java.io.IOException;

/** Carries what the receiver of a forwarded body has thrown from the event loop to the thread of the call. */
final class ReceiverException extends IOException {

    private static final long serialVersionUID = 1L;

    ReceiverException(Throwable thrown) {
        super(thrown);
    }

    /** Throws what the receiver has thrown. */
    RuntimeException unwrapped() {
        Throwable thrown = requireNonNull(getCause(), "cause");
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }
}
