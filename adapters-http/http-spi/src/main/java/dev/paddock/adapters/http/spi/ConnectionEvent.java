package dev.paddock.adapters.http.spi;

/** What can happen to a connection, so that a transport can say what it is able to observe. */
public enum ConnectionEvent {
    /** It was opened. */
    OPENED,
    /** It was given to a call, with the knowledge whether it had served before. */
    LEASED,
    /** It was closed, with the reason. */
    CLOSED
}
