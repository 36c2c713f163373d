package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The head of an answer with all that the server adds to it: how its end is found, the date, the fate of the
 * connection.
 */
final class OutgoingHead {

    // The names and values were checked where the headers were made.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final HttpDate DATE = new HttpDate();
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int NOT_MODIFIED = 304;

    private final HttpResponseStatus status;
    private final HttpHeaders fields;
    private final ResponseMode mode;
    private final boolean endsWithConnection;
    private final boolean persistent;

    OutgoingHead(ServerResponseHead head, ResponseMode mode) {
        this.status = HttpResponseStatus.valueOf(head.status());
        this.mode = mode;
        boolean unknown = head.length() == ServerResponseHead.UNKNOWN;
        endsWithConnection = unknown && mode.isHttp10() && hasBody();
        persistent = mode.isPersistent() && !endsWithConnection;
        fields = UNCHECKED.newHeaders();
        for (Header field : head.headers().fields()) {
            fields.add(field.name(), field.value());
        }
        addDate();
        addFraming(head.length());
        addConnection();
    }

    /** Tells whether a body follows. */
    boolean hasBody() {
        return !mode.isHeadRequest() && status.code() != NO_CONTENT && status.code() != NOT_MODIFIED
                && status.code() != RESET_CONTENT;
    }

    /** Tells whether the connection may be used again. */
    boolean isPersistent() {
        return persistent;
    }

    /** Tells whether nothing but the end of the connection shows where the body ends. */
    boolean endsWithConnection() {
        return endsWithConnection;
    }

    HttpResponse message() {
        return mode.isHeadRequest()
                ? new ResponseEncoder.WithoutBody(status, fields)
                : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, fields);
    }

    /** Returns head and body as one message, which is complete. */
    HttpResponse whole(byte[] body) {
        ByteBuf content = Unpooled.wrappedBuffer(body);
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content, fields, EmptyHttpHeaders.INSTANCE);
    }

    private void addDate() {
        if (!fields.contains(HttpHeaderNames.DATE)) {
            fields.set(HttpHeaderNames.DATE, DATE.now());
        }
    }

    private void addFraming(long length) {
        fields.remove(HttpHeaderNames.TRANSFER_ENCODING);
        if (length == ServerResponseHead.UNKNOWN) {
            fields.remove(HttpHeaderNames.CONTENT_LENGTH);
            if (hasBody() && !mode.isHttp10()) {
                fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        } else if (status.code() != NOT_MODIFIED || length > 0) {
            fields.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length)); // the encoder takes it out of a 204
        }
    }

    private void addConnection() {
        if (!persistent) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (mode.isHttp10()) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        } else {
            fields.remove(HttpHeaderNames.CONNECTION);
        }
    }
}
