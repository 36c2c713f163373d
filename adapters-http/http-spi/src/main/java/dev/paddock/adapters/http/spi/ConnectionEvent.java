package dev.paddock.adapters.http.spi;

/** The events of a connection; a transport names those that it can observe. */
public enum ConnectionEvent {
    /** It was opened. */
    OPENED,
    /** It was given to a call, new or reused. */
    LEASED,
    /** It was closed, with the reason. */
    CLOSED
}
