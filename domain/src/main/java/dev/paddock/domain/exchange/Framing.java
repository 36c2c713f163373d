package dev.paddock.domain.exchange;

/**
 * How the body of an answer is divided into frames. The frames of a verbatim answer hold what is left out otherwise, too.
 */
public enum Framing {
    /** Newline-delimited JSON: a frame is one line without its line end. */
    LINES,
    /** Server-sent events: a frame is one event as it stood on the wire, without the empty line that ends it. */
    EVENTS,
    /** One document: a frame is the next piece of it as it arrived, of any size. */
    DOCUMENT
}
