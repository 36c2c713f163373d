package dev.paddock.adapters.http.netty;

import java.io.IOException;

/** Carries what the receiver of a forwarded body has thrown from the event loop to the thread of the call. */
final class ReceiverException extends IOException {

    private static final long serialVersionUID = 1L;

    ReceiverException(Throwable thrown) {
        super(thrown);
    }
}
