package dev.paddock.adapters.http.sim;

import java.io.Serial;

/** The client left while its request was being handled. */
final class ClientDisconnectedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ClientDisconnectedException() {
        super("client gone", null, false, false);
    }
}
