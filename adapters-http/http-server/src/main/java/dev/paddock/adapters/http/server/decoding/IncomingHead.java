package dev.paddock.adapters.http.server.decoding;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.badRequestUnless;

import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a correct request, with what the server needs to know of it. The rules for the end of the request (RFC 9112, section 6)
 * are stricter than those of Netty's decoder, because a second HTTP parser in front of this server or behind it must find the same end.
 *
 * @param head the head as the handler sees it
 * @param isHttp10 whether the request uses HTTP/1.0
 * @param length the length of the body in bytes, or {@link #CHUNKED}
 * @param isPersistent whether the client wants to reuse the connection
 * @param awaitsContinue whether the client waits for status 100 before it sends the body
 */
public record IncomingHead(
        RequestHead head, boolean isHttp10, long length, boolean isPersistent, boolean awaitsContinue) {

    /** The length of a body in chunked transfer coding. */
    public static final long CHUNKED = -1;

    private static final int MAX_LENGTH_DIGITS = 19;

    /** Checks a decoded head; throws {@link RefusedRequestException} unless the server may act upon it. */
    static IncomingHead of(HttpRequest request, RequestHandler handler, String client) {
        boolean http10 = isHttp10(request.protocolVersion());
        long length = length(request.headers(), http10);
        if (request.method().equals(HttpMethod.CONNECT)) {
            throw new RefusedRequestException(HttpResponseStatus.NOT_IMPLEMENTED, "this server is not a tunnel");
        }
        String target = target(request, http10, handler);
        boolean awaitsContinue = !http10 && expectsContinue(request) && length != 0;
        RequestHead head = new RequestHead(request.method().name(), target, headers(request), client);
        return new IncomingHead(head, http10, length, HttpUtil.isKeepAlive(request), awaitsContinue);
    }

    /** Returns whether the request has a body, which may be chunked and empty. */
    public boolean hasBody() {
        return length != 0;
    }

    private static String target(HttpRequest request, boolean http10, RequestHandler handler) {
        String method = request.method().name();
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        boolean missing = hosts.equals(List.of("")) || (http10 && hosts.isEmpty());
        boolean withoutHost = missing && handler.allowsMissingHost(method, RequestHead.pathOf(request.uri()));
        String host = withoutHost ? "" : TargetRules.host(hosts);
        return TargetRules.originForm(request.uri(), host, path -> handler.allowsEncodedSlash(method, path));
    }

    /** Returns whether a request in HTTP/1.1 has an expectation; HTTP/1.0 has none (RFC 9110, section 10.1.1). */
    private static boolean expectsContinue(HttpRequest request) {
        List<String> expectations = request.headers().getAll(HttpHeaderNames.EXPECT);
        if (expectations.size() > 1 || !expectations.stream().allMatch("100-continue"::equalsIgnoreCase)) {
            throw new RefusedRequestException(
                    HttpResponseStatus.EXPECTATION_FAILED, "this server meets no expectation except 100-continue");
        }
        return !expectations.isEmpty();
    }

    private static Headers headers(HttpRequest request) {
        List<Header> fields = new ArrayList<>(request.headers().size());
        request.headers().forEach(field -> fields.add(new Header(field.getKey(), field.getValue())));
        return new Headers(fields);
    }

    private static long length(HttpHeaders headers, boolean http10) {
        // Netty's decoder reads eight bytes of body after this header, although no length announces them.
        badRequestUnless(!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1), "the request is a WebSocket handshake of a draft");
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (codings.isEmpty()) {
            return lengths.isEmpty() ? 0 : contentLength(lengths);
        }
        badRequestUnless(!http10, "HTTP/1.0 has no Transfer-Encoding");
        badRequestUnless(lengths.isEmpty(), "the request has both Transfer-Encoding and Content-Length");
        badRequestUnless(codings.size() == 1, "the request has more than one Transfer-Encoding");
        checkCoding(codings.getFirst());
        return CHUNKED;
    }

    private static boolean isHttp10(HttpVersion version) {
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new RefusedRequestException(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "this server speaks only HTTP/1.1 and HTTP/1.0");
        }
        return version.equals(HttpVersion.HTTP_1_0);
    }

    private static long contentLength(List<String> lengths) {
        String length = lengths.getFirst();
        badRequestUnless(lengths.size() == 1 && !length.isEmpty() && isNumber(length), "Content-Length is not one number");
        badRequestUnless(length.length() <= MAX_LENGTH_DIGITS, "Content-Length is too large a number");
        return Long.parseLong(length);
    }

    private static void checkCoding(String value) {
        if (isChunked(value)) {
            return;
        }
        List<String> codings = List.of(value.split(",", -1));
        badRequestUnless(codings.stream().noneMatch(String::isBlank), "Transfer-Encoding has an empty element");
        badRequestUnless(codings.subList(0, codings.size() - 1).stream().noneMatch(IncomingHead::isChunked),
                "chunked is not the last Transfer-Encoding");
        throw new RefusedRequestException(
                HttpResponseStatus.NOT_IMPLEMENTED, "this server understands no Transfer-Encoding except chunked");
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static boolean isChunked(String coding) {
        return coding.strip().equalsIgnoreCase("chunked");
    }
}
