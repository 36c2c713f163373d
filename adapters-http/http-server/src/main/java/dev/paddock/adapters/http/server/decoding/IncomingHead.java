package dev.paddock.adapters.http.server.decoding;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The head of a correct request, with what the server needs to know of it.
 *
 * @param head the head as the handler sees it
 * @param framing how the end of the request is found
 * @param isPersistent whether the client wants to reuse the connection
 * @param awaitsContinue whether the client waits for status 100 before it sends the body
 */
public record IncomingHead(RequestHead head, MessageFraming framing, boolean isPersistent, boolean awaitsContinue) {

    public IncomingHead {
        requireNonNull(head, "head");
        requireNonNull(framing, "framing");
    }

    /** Checks a decoded head; throws {@link RefusedRequestException} unless the server may act upon it. */
    static IncomingHead of(HttpRequest request, String client) {
        MessageFraming framing = MessageFraming.of(request);
        if (request.method().equals(HttpMethod.CONNECT)) {
            throw new RefusedRequestException(HttpResponseStatus.NOT_IMPLEMENTED, "this server is not a tunnel");
        }
        String host = HostRules.check(request.headers().getAll(HttpHeaderNames.HOST));
        String target = TargetRules.originForm(request.uri(), host);
        boolean awaitsContinue = awaitsContinue(request, framing);
        RequestHead head = new RequestHead(request.method().name(), target, headers(request), client);
        return new IncomingHead(head, framing, HttpUtil.isKeepAlive(request), awaitsContinue);
    }

    /** Returns the path of a decoded message, or null if it is not a head or has no correct path. */
    static @Nullable String pathOf(@Nullable Object message) {
        // Netty's decoder emits a full request only in place of one whose request line it did not understand.
        if (!(message instanceof HttpRequest request) || message instanceof FullHttpRequest || !request.uri().startsWith("/")) {
            return null;
        }
        try {
            return RequestHead.pathOf(TargetRules.originForm(request.uri(), ""));
        } catch (RefusedRequestException refused) {
            return null;
        }
    }

    private static boolean awaitsContinue(HttpRequest request, MessageFraming framing) {
        List<String> expectations = request.headers().getAll(HttpHeaderNames.EXPECT);
        if (expectations.isEmpty() || framing.isHttp10()) {
            return false; // RFC 9110, section 10.1.1: an expectation in HTTP/1.0 is ignored
        }
        if (expectations.size() > 1 || !expectations.getFirst().equalsIgnoreCase("100-continue")) {
            throw new RefusedRequestException(HttpResponseStatus.EXPECTATION_FAILED, "this server meets no expectation except 100-continue");
        }
        return framing.hasBody();
    }

    private static Headers headers(HttpRequest request) {
        List<Header> fields = new ArrayList<>(request.headers().size());
        Iterator<Map.Entry<CharSequence, CharSequence>> entries = request.headers().iteratorCharSequence();
        while (entries.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = entries.next();
            fields.add(new Header(field.getKey().toString(), field.getValue().toString()));
        }
        return new Headers(fields);
    }
}
