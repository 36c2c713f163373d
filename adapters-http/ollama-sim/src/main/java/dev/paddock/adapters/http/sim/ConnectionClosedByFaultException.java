package dev.paddock.adapters.http.sim;

import java.io.Serial;

/** The simulator itself ended the connection, as a script told it to: there is nobody left to answer. */
final class ConnectionClosedByFaultException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ConnectionClosedByFaultException() {
        super("connection ended by script", null, false, false);
    }
}
