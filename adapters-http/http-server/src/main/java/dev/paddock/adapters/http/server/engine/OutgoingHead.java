package dev.paddock.adapters.http.server.engine;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.adapters.http.server.decoding.IncomingHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
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
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The head of a response with everything that the server adds to it: framing, date, and whether the connection persists. */
final class OutgoingHead {

    // Names and values were checked when the headers were created.
    private static final HttpHeadersFactory UNCHECKED =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);
    private static final DateHeader DATE = new DateHeader();
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int NOT_MODIFIED = 304;

    private final HttpResponseStatus status;
    private @Nullable HttpHeaders fields; // until the message is made, which is kept only until it is sent
    private final ResponseMode mode;
    private final boolean endsWithConnection;
    private final boolean persistent;
    private final boolean chunked;

    /**
     * Creates a head.
     *
     * @param common headers that are added to those of the head
     */
    OutgoingHead(ServerResponseHead head, Headers common, ResponseMode mode) {
        this.status = HttpResponseStatus.valueOf(head.status());
        this.mode = mode;
        boolean unknown = head.length() == ServerResponseHead.UNKNOWN;
        endsWithConnection = unknown && mode.isHttp10() && hasBody();
        persistent = mode.isPersistent() && !endsWithConnection;
        chunked = unknown && !mode.isHttp10() && hasBody();
        HttpHeaders complete = UNCHECKED.newHeaders();
        addAll(head.headers(), complete);
        addAll(common, complete);
        if (!complete.contains(HttpHeaderNames.DATE)) {
            complete.set(HttpHeaderNames.DATE, DATE.now());
        }
        addFraming(head.length(), complete);
        addConnection(complete);
        fields = complete;
    }

    /** Returns whether a body follows. */
    boolean hasBody() {
        return !mode.isHeadRequest() && status.code() != NO_CONTENT && status.code() != NOT_MODIFIED
                && status.code() != RESET_CONTENT;
    }

    /** Returns whether the connection may be reused. */
    boolean isPersistent() {
        return persistent;
    }

    /** Returns whether only the end of the connection shows the end of the body. */
    boolean endsWithConnection() {
        return endsWithConnection;
    }

    /** Returns whether the body has the chunked coding. */
    boolean isChunked() {
        return chunked;
    }

    /** Returns the head as a message. Called once, unless {@link #withBody} is. */
    HttpResponse message() {
        HttpHeaders complete = takeFields();
        return mode.isHeadRequest()
                ? new Encoder.WithoutBody(status, complete)
                : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, complete);
    }

    /** Returns head and body as one complete message. Called once, unless {@link #message} is. */
    HttpResponse withBody(byte[] body) {
        ByteBuf content = Unpooled.wrappedBuffer(body);
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content, takeFields(), EmptyHttpHeaders.INSTANCE);
    }

    private HttpHeaders takeFields() {
        HttpHeaders complete = requireNonNull(fields, "fields");
        fields = null;
        return complete;
    }

    private static void addAll(Headers headers, HttpHeaders fields) {
        for (Header field : headers.fields()) {
            fields.add(field.name(), field.value());
        }
    }

    private void addFraming(long length, HttpHeaders fields) {
        fields.remove(HttpHeaderNames.TRANSFER_ENCODING);
        if (length == ServerResponseHead.UNKNOWN) {
            fields.remove(HttpHeaderNames.CONTENT_LENGTH);
            if (chunked) {
                fields.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
        } else if (status.code() != NOT_MODIFIED || length > 0) {
            fields.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length)); // the encoder removes it from a 204
        }
    }

    private void addConnection(HttpHeaders fields) {
        if (!persistent) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (mode.isHttp10()) {
            fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        } else {
            fields.remove(HttpHeaderNames.CONNECTION);
        }
    }

    /**
     * The properties of a request that determine the form of its response.
     *
     * @param isHeadRequest whether the method is HEAD, so that the body is omitted
     * @param isHttp10 whether the client uses HTTP/1.0, which has no chunked coding
     * @param isPersistent whether the connection may be reused
     */
    record ResponseMode(boolean isHeadRequest, boolean isHttp10, boolean isPersistent) {

        /** The mode of a response to a request that was not understood: the connection ends. */
        static final ResponseMode LAST = new ResponseMode(false, false, false);

        static ResponseMode of(IncomingHead request) {
            return new ResponseMode(
                    request.head().method().equals("HEAD"), request.isHttp10(), request.isPersistent());
        }

        ResponseMode withClose() {
            return new ResponseMode(isHeadRequest, isHttp10, false);
        }
    }

    /** Netty's encoder, which omits the body of a response to HEAD whatever its header fields say. */
    static final class Encoder extends HttpResponseEncoder {

        @Override
        protected boolean isContentAlwaysEmpty(HttpResponse response) {
            return response instanceof WithoutBody || super.isContentAlwaysEmpty(response);
        }

        private static final class WithoutBody extends DefaultHttpResponse {

            WithoutBody(HttpResponseStatus status, HttpHeaders headers) {
                super(HttpVersion.HTTP_1_1, status, headers);
            }
        }
    }

    /** The value of {@code Date}, formatted once a second (RFC 9110, section 5.6.7). */
    private static final class DateHeader {

        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

        /** A second and its text. */
        private record Formatted(long second, String text) {}

        private volatile Formatted last = new Formatted(-1, "");

        String now() {
            long second = System.currentTimeMillis() / 1_000;
            Formatted formatted = last;
            if (formatted.second() != second) {
                formatted = new Formatted(second, FORMAT.format(Instant.ofEpochSecond(second)));
                last = formatted;
            }
            return formatted.text();
        }
    }
}
