package dev.paddock.adapters.http.spi.support;

import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a response that is not valid HTTP, in the same sentences for every transport. The messages of HTTP libraries differ,
 * and many repeat what the server sent.
 */
public enum HttpViolation {
    /** The response does not begin with a status line of HTTP/1.0 or HTTP/1.1. */
    STATUS_LINE("the response does not begin with a status line of HTTP/1.1"),
    /** The status is not from 200 to 599. */
    STATUS("the status is not a number from 200 to 599"),
    /** The server changed the protocol, for which no request asks. */
    PROTOCOL_SWITCH("the server switched the protocol unasked"),
    /** More interim responses than a transport reads. */
    INTERIM_RESPONSES("there are too many interim responses"),
    /** A status line, a header field or the line of a chunk that is too long. */
    LINE_LENGTH("a line is too long, such as that of a header field (at most 8192 bytes)"),
    /** More fields than a transport reads. */
    FIELD_COUNT("the head has too many fields (at most 100)"),
    /** The head as a whole is longer than the library of a transport reads. */
    HEAD_LENGTH("the head is too long"),
    /** A header field with an invalid name or value, or a line that is none. */
    FIELD("the head has an invalid field"),
    /** Two Content-Length fields. */
    TWO_LENGTHS("the head has two Content-Length fields"),
    /** A Content-Length that is not a number of digits. */
    LENGTH("the Content-Length is not a number"),
    /** A Content-Length and a Transfer-Encoding. */
    LENGTH_AND_CODING("the head has both Content-Length and Transfer-Encoding"),
    /** Two Transfer-Encoding fields. */
    TWO_CODINGS("the head has two Transfer-Encoding fields"),
    /** A transfer coding other than chunked alone. */
    CODING("the Transfer-Encoding is not chunked alone"),
    /** A chunk whose size or end is invalid, or too many trailers. */
    CHUNK("the body has an invalid chunk");

    private final String description;

    HttpViolation(String description) {
        this.description = description;
    }

    /** Returns the sentence, without its period. */
    public String description() {
        return description;
    }

    /** Returns a new exception for this violation. */
    public ProtocolException toException() {
        return new ViolationException(this);
    }

    /** Returns the violation for which an exception or one of its causes was created; null when there is none. */
    public static @Nullable HttpViolation of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ViolationException created) {
                return created.violation;
            }
        }
        return null;
    }

    /** The exception that transports throw for a violation that they find themselves. */
    private static final class ViolationException extends ProtocolException {

        private static final long serialVersionUID = 1L;

        private final HttpViolation violation;

        private ViolationException(HttpViolation violation) {
            super(violation.description);
            this.violation = violation;
        }
    }
}
