package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The head of a request that was found to be correct, with what the server needs to know of it.
 *
 * @param head what the handler sees
 * @param framing how the end of the request is found
 * @param isPersistent whether the client wants to use the connection again
 * @param awaitsContinue whether the client waits for 100 before it sends the body
 */
record IncomingHead(RequestHead head, MessageFraming framing, boolean isPersistent, boolean awaitsContinue) {

    IncomingHead {
        requireNonNull(head, "head");
        requireNonNull(framing, "framing");
    }

    /**
     * Checks a head as the decoder understood it; throws {@link RefusedRequestException} unless it may be acted upon.
     */
    static IncomingHead of(HttpRequest request, String client) {
        MessageFraming framing = MessageFraming.of(request);
        if (request.method().equals(HttpMethod.CONNECT)) {
            throw new RefusedRequestException(RefusedRequestException.NOT_IMPLEMENTED, "this is no tunnel");
        }
        String host = HostRules.check(request.headers().getAll(HttpHeaderNames.HOST));
        String target = TargetRules.originForm(request.uri(), host);
        boolean awaitsContinue = awaitsContinue(request, framing);
        RequestHead head = new RequestHead(request.method().name(), target, headers(request), client);
        return new IncomingHead(head, framing, HttpUtil.isKeepAlive(request), awaitsContinue);
    }

    private static boolean awaitsContinue(HttpRequest request, MessageFraming framing) {
        List<String> expectations = request.headers().getAll(HttpHeaderNames.EXPECT);
        if (expectations.isEmpty() || framing.isHttp10()) {
            return false; // RFC 9110, section 10.1.1: an expectation in HTTP/1.0 is ignored
        }
        if (expectations.size() > 1 || !expectations.getFirst().equalsIgnoreCase("100-continue")) {
            throw new RefusedRequestException(
                    RefusedRequestException.EXPECTATION_FAILED, "no expectation but 100-continue is met here");
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
