package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** Writes requests down, with nothing added but Host and Content-Length. */
final class OkHttpRequestMessage {

    /** The methods whose meaning depends on a body, so that its absence is worth telling (RFC 9110, section 8.6). */
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** The methods to which the library allows no body; it demands one, perhaps empty, for some of the others. */
    private static final Set<String> METHODS_WITHOUT_BODY = Set.of("GET", "HEAD");

    private final Endpoint endpoint;
    private final TransportRequest request;

    OkHttpRequestMessage(Endpoint endpoint, TransportRequest request) {
        this.endpoint = endpoint;
        this.request = request;
    }

    TransportRequest request() {
        return request;
    }

    /** Returns the head for connections that speak HTTP/1.1, byte for byte. */
    byte[] head() {
        StringBuilder head = new StringBuilder(256);
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        for (Header field : fields()) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the fields in the form that the library sends over HTTP/2. */
    okhttp3.Headers libraryHeaders() {
        okhttp3.Headers.Builder headers = new okhttp3.Headers.Builder();
        for (Header field : fields()) {
            headers.addUnsafeNonAscii(field.name(), field.value());
        }
        return headers.build();
    }

    /** Returns a request that stands for this one in the library: what it says is not what is sent over HTTP/1.1. */
    Request.Builder standIn(HttpUrl base, OkHttpRequestBody body) {
        if (request.body().length() > 0) {
            return new Request.Builder().url(base).method("POST", body);
        }
        return new Request.Builder().url(base).method(request.method().equals("HEAD") ? "HEAD" : "GET", null);
    }

    /**
     * Returns the request as the library sends it over HTTP/2.
     *
     * @throws InvalidRequestException if the library cannot send it
     */
    Request.Builder inFull(HttpUrl base, OkHttpRequestBody body) {
        boolean bodiless = METHODS_WITHOUT_BODY.contains(request.method());
        if (bodiless && request.body().length() > 0) {
            throw new InvalidRequestException(
                    "this transport sends no body with " + request.method() + " over HTTP/2", ErrorFacts.NONE);
        }
        return new Request.Builder().url(url(base)).method(request.method(), bodiless ? null : body);
    }

    private HttpUrl url(HttpUrl base) {
        String target = request.target();
        int query = target.indexOf('?');
        try {
            return base.newBuilder()
                    .encodedPath(query < 0 ? target : target.substring(0, query))
                    .encodedQuery(query < 0 ? null : target.substring(query + 1))
                    .build();
        } catch (IllegalArgumentException invalid) {
            throw new InvalidRequestException("this transport cannot send the target over HTTP/2", ErrorFacts.NONE);
        }
    }

    private List<Header> fields() {
        Headers given = request.headers();
        List<Header> fields = new ArrayList<>(given.fields().size() + 2);
        fields.add(new Header("Host", endpoint.authority()));
        fields.addAll(given.fields());
        long length = request.body().length();
        if (length > 0 || METHODS_WITH_BODY.contains(request.method())) {
            fields.add(new Header("Content-Length", Long.toString(length)));
        }
        return fields;
    }
}
