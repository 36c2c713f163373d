package dev.paddock.domain.exchange;

/** How the body of an answer is divided into frames. Each frame holds its bytes as received; see {@link Frame}. */
public enum Framing {
    /** Newline-delimited JSON: a frame is one line with its line end; the content is the line without it. */
    LINES,
    /** Server-sent events: a frame is one event with the empty line that ends it; the content is the event without it. */
    EVENTS,
    /** One document: a frame is the next part of it as it arrived, of any size; all of it is content. */
    DOCUMENT
}
