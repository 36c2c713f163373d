package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Converts requests to the library's, with no field added but Host and Content-Length. Thread-safe. */
final class OkHttpRequestWriter {

    /** The methods that anticipate a body, so that its absence is announced (RFC 9110, section 8.6). */
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /** The methods for which the library allows no body; it demands one, perhaps empty, for some of the others. */
    private static final Set<String> METHODS_WITHOUT_BODY = Set.of("GET", "HEAD");

    private final Endpoint endpoint;
    private final HttpUrl base;

    OkHttpRequestWriter(Endpoint endpoint) {
        this.endpoint = endpoint;
        try {
            this.base = new HttpUrl.Builder()
                    .scheme("http")
                    .host(endpoint.host())
                    .port(endpoint.port())
                    .build();
        } catch (IllegalArgumentException invalid) {
            throw refused("OkHttp does not accept the host '" + endpoint.host() + "'");
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /**
     * Returns a placeholder for a request over HTTP/1.1, whose head {@link #head} replaces on the connection: the library
     * normalises targets, forbids bodies to some methods, and adds fields.
     */
    Request.Builder placeholder(OkHttpCall call) {
        TransportRequest request = call.request();
        if (request.body().length() > 0) {
            return new Request.Builder().url(base).method("POST", new Body(call));
        }
        return new Request.Builder().url(base).method(request.method().equals("HEAD") ? "HEAD" : "GET", null);
    }

    /** Returns the number of bytes that the library writes as the head of a placeholder without fields. */
    static int placeholderLength(Request placeholder) {
        return placeholder.method().length() + " / HTTP/1.1\r\n\r\n".length();
    }

    /** Returns the head of a request over HTTP/1.1. */
    byte[] head(TransportRequest request) {
        StringBuilder head = new StringBuilder(256);
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        for (Header field : fields(request)) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Returns a request for HTTP/2.
     *
     * @throws InvalidRequestException if the library cannot send it
     */
    Request.Builder http2(OkHttpCall call) {
        TransportRequest request = call.request();
        boolean bodiless = METHODS_WITHOUT_BODY.contains(request.method());
        if (bodiless && request.body().length() > 0) {
            throw refused("this transport sends no body with " + request.method() + " over HTTP/2");
        }
        String target = request.target();
        int query = target.indexOf('?');
        try {
            HttpUrl url = base.newBuilder()
                    .encodedPath(query < 0 ? target : target.substring(0, query))
                    .encodedQuery(query < 0 ? null : target.substring(query + 1))
                    .build();
            return new Request.Builder().url(url).method(request.method(), bodiless ? null : new Body(call));
        } catch (IllegalArgumentException invalid) {
            throw refused("this transport cannot send the target over HTTP/2");
        }
    }

    /** Returns the request as it is sent over HTTP/2: without the fields that the library added, and with the true scheme. */
    Request http2Message(Request library, TransportRequest request) {
        Headers.Builder headers = new Headers.Builder();
        for (Header field : fields(request)) {
            headers.addUnsafeNonAscii(field.name(), field.value());
        }
        HttpUrl url = library.url().newBuilder().scheme("https").port(endpoint.port()).build();
        return library.newBuilder().url(url).headers(headers.build()).build();
    }

    private List<Header> fields(TransportRequest request) {
        List<Header> given = request.headers().fields();
        List<Header> fields = new ArrayList<>(given.size() + 2);
        fields.add(new Header("Host", endpoint.authority()));
        fields.addAll(given);
        long length = request.body().length();
        if (length > 0 || METHODS_WITH_BODY.contains(request.method())) {
            fields.add(new Header("Content-Length", Long.toString(length)));
        }
        return fields;
    }

    private static InvalidRequestException refused(String message) {
        return new InvalidRequestException(message, ErrorFacts.NONE);
    }

    /** The body of a request, written by its call. */
    private static final class Body extends RequestBody {

        private final OkHttpCall call;

        Body(OkHttpCall call) {
            this.call = call;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            call.writeBody((array, offset, length) -> {
                checkForEarlyResponse();
                sink.write(array, offset, length);
                sink.flush();
            });
        }

        /**
         * A server may answer before it has read the body, for example that the body is too large (RFC 9112, section 9.3). The
         * library looks for an early response only when it cannot write.
         */
        private void checkForEarlyResponse() {
            OkHttpConnection connection = call.openConnection();
            if (connection != null
                    && !connection.isMultiplexed()
                    && call.progress().bytesWritten() > 0
                    && connection.input().hasArrived()) {
                connection.output().failWrites();
            }
        }

        @Override
        public long contentLength() {
            return call.request().body().length();
        }

        /** Null: the header fields of the request name the type. */
        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        /** True: the library must not send a body twice. */
        @Override
        public boolean isOneShot() {
            return true;
        }
    }
}
