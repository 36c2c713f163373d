package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.BodyFraming;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
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
record JdkResponseHead(int status, String protocol, Headers headers, long length) {

    private static final int HIGHEST_STATUS = 599;
    private static final int MOST_FIELDS = 100;
    private static final int LONGEST_LINE = 8192;

    static JdkResponseHead of(HttpResponse.ResponseInfo info, String method) throws ProtocolException {
        if (info.statusCode() > HIGHEST_STATUS) {
            throw new ProtocolException("Invalid status");
        }
        Headers headers = headers(info.headers().map());
        String protocol = info.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return new JdkResponseHead(info.statusCode(), protocol, headers, length(info.statusCode(), headers, method));
    }

    private static Headers headers(Map<String, List<String>> fields) throws ProtocolException {
        try {
            List<Header> received = new ArrayList<>();
            for (Map.Entry<String, List<String>> field : fields.entrySet()) {
                if (!field.getKey().startsWith(":")) {
                    field.getValue().forEach(value -> received.add(new Header(field.getKey(), value)));
                }
            }
            Headers headers = new Headers(received);
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

    /** Returns the length of the body as the fields tell it, whatever they say of a response that has none. */
    private static long length(int status, Headers headers, String method) throws ProtocolException {
        String violation = BodyFraming.violation(headers);
        if (violation != null) {
            throw new ProtocolException(violation);
        }
        boolean withoutBody = method.equals("HEAD") || status == 204 || status == 304;
        return withoutBody ? 0 : headers.contentLength();
    }

    private static ProtocolException malformed(String message, Throwable cause) {
        ProtocolException malformed = new ProtocolException(message);
        malformed.initCause(cause);
        return malformed;
    }
}
