package dev.paddock.adapters.http.apache5;

import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Converts requests to the library's messages and adds nothing but Host and Content-Length. */
final class Apache5Request {

    /** The methods that anticipate a body, so that its absence is announced (RFC 9110, section 8.6). */
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private Apache5Request() {}

    static ClassicHttpRequest of(Endpoint endpoint, Apache5Call call) {
        String method = call.request().method();
        // The shorter constructors parse the target as a URI and send it normalised.
        ClassicHttpRequest message = new BasicClassicHttpRequest(method, null, null, call.request().target());
        message.addHeader(HttpHeaders.HOST, endpoint.authority());
        for (Header field : call.request().headers().fields()) {
            message.addHeader(field.name(), field.value());
        }
        long length = call.request().body().length();
        if (length > 0 || METHODS_WITH_BODY.contains(method)) {
            message.addHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
        if (length > 0) {
            message.setEntity(new CallEntity(call));
        }
        return message;
    }

    /** The request body, written by its call. */
    private static final class CallEntity extends AbstractHttpEntity {

        private final Apache5Call call;

        CallEntity(Apache5Call call) {
            super((ContentType) null, null);
            this.call = call;
        }

        @Override
        public void writeTo(OutputStream output) throws IOException {
            call.writeBody(output::write);
        }

        @Override
        public long getContentLength() {
            return call.request().body().length();
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("the body is written, not read");
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public void close() {
            // Holds no resource.
        }
    }
}
