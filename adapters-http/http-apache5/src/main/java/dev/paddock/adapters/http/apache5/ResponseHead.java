package dev.paddock.adapters.http.apache5;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.ProtocolVersion;

/**
 * The head of a final response that keeps to HTTP.
 *
 * @param status the status, 200 to 599
 * @param protocol the protocol, for example {@code HTTP/1.1}
 * @param headers the fields as the server sent them
 */
record ResponseHead(int status, String protocol, Headers headers) {

    private static final int HIGHEST_STATUS = 599;
    private static final int LONGEST_NUMBER = 18;

    static ResponseHead of(ClassicHttpResponse response) throws ProtocolException {
        if (response.getCode() > HIGHEST_STATUS) {
            throw new ProtocolException("Invalid status");
        }
        Headers headers = headers(response);
        requireOneFraming(headers);
        ProtocolVersion version = response.getVersion() == null ? HttpVersion.HTTP_1_1 : response.getVersion();
        return new ResponseHead(response.getCode(), version.format(), headers);
    }

    private static Headers headers(ClassicHttpResponse response) throws ProtocolException {
        try {
            return new Headers(Arrays.stream(response.getHeaders())
                    .map(header -> new Header(header.getName(), header.getValue() == null ? "" : header.getValue()))
                    .toList());
        } catch (InvalidRequestException invalid) {
            throw new ProtocolException("Invalid header", invalid);
        }
    }

    /** Two answers to the question where the body ends are an attack or a fault (RFC 9112, section 6.3). */
    private static void requireOneFraming(Headers headers) throws ProtocolException {
        List<String> lengths = headers.all("Content-Length");
        List<String> codings = headers.all("Transfer-Encoding");
        if (lengths.size() + codings.size() > 1) {
            throw new ProtocolException("Conflicting framing of the body");
        }
        if (!lengths.isEmpty() && !isLength(lengths.getFirst())) {
            throw new ProtocolException("Invalid Content-Length");
        }
        if (!codings.isEmpty() && !codings.getFirst().equalsIgnoreCase("chunked")) {
            throw new ProtocolException("Unknown Transfer-Encoding");
        }
    }

    private static boolean isLength(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_NUMBER
                && value.chars().allMatch(character -> character >= '0' && character <= '9');
    }
}
