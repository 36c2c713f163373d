package dev.paddock.adapters.http.netty;

import java.net.SocketException;

/** An idle connection that cannot be used again: nothing was sent over it, so that the call takes another one. */
final class StaleConnectionException extends SocketException {

    private static final long serialVersionUID = 1L;

    StaleConnectionException() {
        super("The connection is stale");
    }
}
