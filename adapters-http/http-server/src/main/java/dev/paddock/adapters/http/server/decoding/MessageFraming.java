package dev.paddock.adapters.http.server.decoding;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.badRequestUnless;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * How the end of a request is found (RFC 9112, section 6). It is stricter than Netty's decoder, because a second HTTP parser in
 * front of this server or behind it must find the same end.
 *
 * @param isHttp10 whether the request uses HTTP/1.0
 * @param length the length of the body in bytes, or {@link #CHUNKED}
 */
public record MessageFraming(boolean isHttp10, long length) {

    /** The length of a body in chunked transfer coding. */
    public static final long CHUNKED = -1;

    private static final int MAX_LENGTH_DIGITS = 19;

    static MessageFraming of(HttpRequest request) {
        boolean http10 = isHttp10(request.protocolVersion());
        HttpHeaders headers = request.headers();
        // Netty's decoder reads eight bytes of body after this header, although no length announces them.
        badRequestUnless(!headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1), "the request is a WebSocket handshake of a draft");
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (codings.isEmpty()) {
            return new MessageFraming(http10, lengths.isEmpty() ? 0 : length(lengths));
        }
        badRequestUnless(!http10, "HTTP/1.0 has no Transfer-Encoding");
        badRequestUnless(lengths.isEmpty(), "the request has both Transfer-Encoding and Content-Length");
        badRequestUnless(codings.size() == 1, "the request has more than one Transfer-Encoding");
        checkCoding(codings.getFirst());
        return new MessageFraming(false, CHUNKED);
    }

    /** Returns whether the request has a body, which may be chunked and empty. */
    public boolean hasBody() {
        return length != 0;
    }

    private static boolean isHttp10(HttpVersion version) {
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            throw new RefusedRequestException(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "this server speaks only HTTP/1.1 and HTTP/1.0");
        }
        return version.equals(HttpVersion.HTTP_1_0);
    }

    private static long length(List<String> lengths) {
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
        badRequestUnless(codings.subList(0, codings.size() - 1).stream().noneMatch(MessageFraming::isChunked),
                "chunked is not the last Transfer-Encoding");
        throw new RefusedRequestException(HttpResponseStatus.NOT_IMPLEMENTED, "this server understands no Transfer-Encoding except chunked");
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static boolean isChunked(String coding) {
        return coding.strip().equalsIgnoreCase("chunked");
    }
}
