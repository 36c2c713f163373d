package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Header;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Writes requests down as the library's messages, and adds nothing but Host and Content-Length. */
final class Apache5RequestMessage {

    /** The methods whose meaning depends on a body, so that its absence is worth telling (RFC 9110, section 8.6). */
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private Apache5RequestMessage() {}

    static ClassicHttpRequest of(Endpoint endpoint, TransportRequest request, Apache5RequestBody body) {
        // The shorter constructors parse the target as a URI and write down what they understood.
        ClassicHttpRequest message = new BasicClassicHttpRequest(request.method(), null, null, request.target());
        message.addHeader(HttpHeaders.HOST, endpoint.authority());
        for (Header field : request.headers().fields()) {
            message.addHeader(field.name(), field.value());
        }
        if (body.getContentLength() > 0 || METHODS_WITH_BODY.contains(request.method())) {
            message.addHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.getContentLength()));
        }
        if (body.getContentLength() > 0) {
            message.setEntity(body);
        }
        return message;
    }
}
