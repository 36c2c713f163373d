package dev.paddock.adapters.http.sim;

import java.io.Serial;

/** The client left while its request was being handled. */
final class ClientGoneException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("client gone", null, false, false);
    }
}
