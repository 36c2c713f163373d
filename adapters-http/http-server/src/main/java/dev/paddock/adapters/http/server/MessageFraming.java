package dev.paddock.adapters.http.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * How the end of a request is found (RFC 9112, section 6): stricter than the decoder, because a second reader in
 * front of or behind this one must find the same end.
 *
 * @param isHttp10 whether the request is one of HTTP/1.0
 * @param length how many bytes the body has; {@link #CHUNKED} when only its end will tell
 */
record MessageFraming(boolean isHttp10, long length) {

    static final long CHUNKED = -1;

    private static final int LONGEST_LENGTH = 19;

    static MessageFraming of(HttpRequest request) {
        boolean old = isHttp10(request.protocolVersion());
        HttpHeaders headers = request.headers();
        // The decoder takes eight bytes of body after these, which no other field announces.
        refuseIf(headers.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1),
                "the request is a WebSocket handshake of a draft");
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
        if (codings.isEmpty()) {
            return new MessageFraming(old, lengths.isEmpty() ? 0 : length(lengths));
        }
        refuseIf(old, "HTTP/1.0 has no Transfer-Encoding");
        refuseIf(!lengths.isEmpty(), "the request has both Transfer-Encoding and Content-Length");
        refuseIf(codings.size() > 1, "the request has more than one Transfer-Encoding");
        checkCoding(codings.getFirst());
        return new MessageFraming(false, CHUNKED);
    }

    boolean hasBody() {
        return length != 0;
    }

    private static boolean isHttp10(HttpVersion version) {
        if (version.equals(HttpVersion.HTTP_1_1)) {
            return false;
        }
        if (version.equals(HttpVersion.HTTP_1_0)) {
            return true;
        }
        throw new RefusedRequestException(
                RefusedRequestException.VERSION_NOT_SUPPORTED, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }

    private static long length(List<String> lengths) {
        String length = lengths.getFirst();
        refuseIf(lengths.size() > 1 || length.isEmpty() || !isNumber(length),
                "Content-Length is not one number");
        refuseIf(length.length() > LONGEST_LENGTH, "Content-Length is too large a number");
        return Long.parseLong(length);
    }

    private static void checkCoding(String value) {
        if (isChunked(value)) {
            return;
        }
        List<String> codings = List.of(value.split(",", -1));
        refuseIf(codings.stream().anyMatch(String::isBlank), "Transfer-Encoding has an empty element");
        refuseIf(codings.subList(0, codings.size() - 1).stream().anyMatch(MessageFraming::isChunked),
                "chunked is not the last Transfer-Encoding");
        throw new RefusedRequestException(
                RefusedRequestException.NOT_IMPLEMENTED, "no Transfer-Encoding but chunked is understood here");
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static boolean isChunked(String coding) {
        return coding.strip().equalsIgnoreCase("chunked");
    }

    private static void refuseIf(boolean wrong, String reason) {
        if (wrong) {
            throw RefusedRequestException.badRequest(reason);
        }
    }
}
