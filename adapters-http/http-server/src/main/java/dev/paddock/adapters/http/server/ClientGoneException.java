package dev.paddock.adapters.http.server;

/** The client of a request has left: nobody reads the answer any more. */
public final class ClientGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ClientGoneException() {
        super("the client has left", null, false, false);
    }
}
