package dev.paddock.adapters.http.jdk;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/**
 * The head of a final response that keeps to HTTP. The client hands fields over in alphabetical order and lower case.
 *
 * @param status the status, 200 to 599
 * @param protocol the protocol, for example {@code HTTP/1.1}
 * @param headers the fields
 * @param length how long the body is, or -1 when only its end will tell
 */
record ResponseHead(int status, String protocol, Headers headers, long length) {

    private static final int HIGHEST_STATUS = 599;
    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_LINE = 8192;
    private static final int LONGEST_NUMBER = 18;

    static ResponseHead of(HttpResponse.ResponseInfo info, String method) throws ProtocolException {
        if (info.statusCode() > HIGHEST_STATUS) {
            throw new ProtocolException("Invalid status");
        }
        Headers headers = headers(info.headers().map());
        String protocol = info.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return new ResponseHead(info.statusCode(), protocol, headers, length(info.statusCode(), headers, method));
    }

    private static Headers headers(Map<String, List<String>> fields) throws ProtocolException {
        try {
            Headers headers = new Headers(fields.entrySet().stream()
                    .filter(field -> !field.getKey().startsWith(":"))
                    .flatMap(field -> field.getValue().stream().map(value -> new Header(field.getKey(), value)))
                    .toList());
            requireSmall(headers);
            return headers;
        } catch (InvalidRequestException invalid) {
            throw malformed("Invalid header", invalid);
        }
    }

    private static void requireSmall(Headers headers) throws ProtocolException {
        boolean tooLong = headers.fields().stream()
                .anyMatch(field -> field.name().length() + field.value().length() + 2 > LONGEST_LINE);
        if (tooLong || headers.fields().size() > MOST_FIELDS) {
            throw new ProtocolException("The head of the response is too large");
        }
    }

    /** Two answers to the question where the body ends are an attack or a fault (RFC 9112, section 6.3). */
    private static long length(int status, Headers headers, String method) throws ProtocolException {
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
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return 0;
        }
        return lengths.isEmpty() ? -1 : Long.parseLong(lengths.getFirst());
    }

    private static boolean isLength(String value) {
        return !value.isEmpty()
                && value.length() <= LONGEST_NUMBER
                && value.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static ProtocolException malformed(String message, Throwable cause) {
        ProtocolException malformed = new ProtocolException(message);
        malformed.initCause(cause);
        return malformed;
    }
}
