package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.BodyFraming;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.Response;

/**
 * The head of a final response that keeps to HTTP.
 *
 * @param status the status, 200 to 599
 * @param protocol the protocol, for example {@code HTTP/1.1}
 * @param headers the fields as the server sent them
 */
record OkHttpResponseHead(int status, String protocol, Headers headers) {

    private static final int LOWEST_STATUS = 200;
    private static final int HIGHEST_STATUS = 599;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    static OkHttpResponseHead of(Response response) throws ProtocolException {
        if (response.code() < LOWEST_STATUS || response.code() > HIGHEST_STATUS) {
            // 101 is among them: nobody asked the server to change the protocol.
            throw new ProtocolException("Invalid status");
        }
        Headers headers = headers(response.headers());
        String violation = BodyFraming.violation(headers);
        if (violation != null) {
            throw new ProtocolException(violation);
        }
        return new OkHttpResponseHead(response.code(), nameOf(response.protocol().toString()), headers);
    }

    /** Tells whether the server will keep the connection open after the body (RFC 9112, section 9.3). */
    boolean keepsConnection() {
        return !says("close") && (!protocol.equals("HTTP/1.0") || says("keep-alive"));
    }

    private boolean says(String option) {
        return headers.elements("Connection").stream().anyMatch(option::equalsIgnoreCase);
    }

    /** Tells whether a response to the given method has a body at all, whatever its fields say (RFC 9112, section 6.3). */
    boolean hasBody(String method) {
        return !method.equals("HEAD") && status != NO_CONTENT && status != NOT_MODIFIED;
    }

    /** Returns how many bytes the body has, or the largest number when its end will show by other means. */
    long length() {
        long length = headers.contentLength();
        return length == Headers.UNKNOWN_LENGTH ? Long.MAX_VALUE : length;
    }

    /** Tells whether the end of the connection is that of the body. */
    boolean endsWithConnection(String method) {
        return hasBody(method) && !isChunked() && !headers.contains("Content-Length");
    }

    boolean isChunked() {
        return headers.contains("Transfer-Encoding");
    }

    private static String nameOf(String protocol) {
        return protocol.equals("h2") ? "HTTP/2" : protocol.toUpperCase(Locale.ROOT);
    }

    private static Headers headers(okhttp3.Headers received) throws ProtocolException {
        List<Header> fields = new ArrayList<>(received.size());
        try {
            for (int index = 0; index < received.size(); index++) {
                fields.add(new Header(received.name(index), printable(received.value(index))));
            }
        } catch (InvalidRequestException invalid) {
            throw (ProtocolException) new ProtocolException("Invalid header").initCause(invalid);
        }
        return new Headers(fields);
    }

    /** Who receives these characters replaces them or refuses the message (RFC 9110, section 5.5). */
    private static String printable(String value) {
        return value.replace('\r', ' ').replace('\0', ' ');
    }
}
