package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.net.ProtocolException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The head of a final response that conforms to HTTP. Immutable.
 *
 * @param status the status, 200 to 599
 * @param protocol the protocol, for example {@code HTTP/1.1}
 * @param headers the header fields as received
 */
public record ResponseHead(int status, String protocol, Headers headers) {

    private static final int MIN_STATUS = 200;
    private static final int MAX_STATUS = 599;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_LINE = 8192;
    private static final String CONNECTION = "Connection";
    private static final String LENGTH = "Content-Length";
    private static final String CODING = "Transfer-Encoding";

    /** Checks only for null; {@link #of} checks against HTTP. */
    public ResponseHead {
        requireNonNull(protocol, "protocol");
        requireNonNull(headers, "headers");
    }

    /**
     * Creates a head from what an HTTP library parsed.
     *
     * @param fields creates the header fields; an invalid one makes the head invalid
     * @throws ProtocolException if the status is interim or unknown, a field is invalid, the body's framing is ambiguous, or the
     *     head has more than 100 fields or a field of more than 8 KiB
     */
    public static ResponseHead of(int status, String protocol, Supplier<List<Header>> fields) throws ProtocolException {
        if (status < MIN_STATUS || status > MAX_STATUS) {
            throw HttpViolation.STATUS.toException();
        }
        try {
            Headers headers = new Headers(fields.get());
            HttpViolation violation = violation(headers);
            if (violation != null) {
                throw violation.toException();
            }
            return new ResponseHead(status, protocol, headers);
        } catch (InvalidRequestException invalid) {
            throw (ProtocolException) HttpViolation.FIELD.toException().initCause(invalid);
        }
    }

    /**
     * Checks the size, for which the libraries have larger limits, or none, and the fields that frame the body (RFC 9112, section 6.3), of
     * which the libraries accept more. Ambiguous or unknown framing is an attack or a fault.
     */
    private static @Nullable HttpViolation violation(Headers headers) {
        List<Header> fields = headers.fields();
        if (fields.size() > MAX_FIELDS) {
            return HttpViolation.FIELD_COUNT;
        }
        int lengths = 0;
        int codings = 0;
        for (int index = 0; index < fields.size(); index++) {
            Header field = fields.get(index);
            if (field.name().length() + field.value().length() + 2 > MAX_LINE) {
                return HttpViolation.LINE_LENGTH;
            }
            lengths += field.isNamed(LENGTH) ? 1 : 0;
            codings += field.isNamed(CODING) ? 1 : 0;
        }
        if (lengths > 0 && codings > 0) {
            return HttpViolation.LENGTH_AND_CODING;
        }
        if (lengths > 1) {
            return HttpViolation.TWO_LENGTHS;
        }
        if (codings > 1) {
            return HttpViolation.TWO_CODINGS;
        }
        if (lengths > 0 && headers.contentLength() == Headers.UNKNOWN_LENGTH) {
            return HttpViolation.LENGTH;
        }
        return codings == 0 || "chunked".equalsIgnoreCase(headers.first(CODING)) ? null : HttpViolation.CODING;
    }

    /** Returns whether the response to a request with the given method has a body (RFC 9112, section 6.3). */
    public boolean hasBody(String method) {
        return !method.equals("HEAD") && status != NO_CONTENT && status != NOT_MODIFIED;
    }

    /** Returns the length of the body in bytes, or {@link Headers#UNKNOWN_LENGTH} when only its end tells. */
    public long bodyLength(String method) {
        return hasBody(method) ? headers.contentLength() : 0;
    }

    /** Returns whether the body is chunked. */
    public boolean isChunked() {
        return headers.contains(CODING);
    }

    /** Returns whether the connection stays open after the response to the given request (RFC 9112, section 9.3). */
    public boolean keepsConnection(TransportRequest request) {
        boolean endsWithConnection = hasBody(request.method()) && !isChunked() && !headers.contains(LENGTH);
        boolean keptByDefault = !protocol.equals("HTTP/1.0") || headers.hasElement(CONNECTION, "keep-alive");
        return !endsWithConnection
                && keptByDefault
                && !headers.hasElement(CONNECTION, "close")
                && !request.headers().hasElement(CONNECTION, "close");
    }
}
