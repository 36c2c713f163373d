package dev.paddock.adapters.http.server;

/** The client of a request has disconnected, so that the response has no reader. */
public final class ClientGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception, without a stack trace. */
    public ClientGoneException() {
        super("the client has disconnected", null, false, false);
    }
}
