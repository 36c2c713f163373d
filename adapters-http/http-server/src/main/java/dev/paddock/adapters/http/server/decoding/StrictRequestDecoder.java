package dev.paddock.adapters.http.server.decoding;

import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.ServerLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder under supervision: after each step it checks the bytes that the decoder consumed and the messages that it made of
 * them. It emits {@link IncomingHead}s and the pieces of a body, the last of which is a {@link LastHttpContent}. Instead of a
 * request, or of its rest, it may emit one {@link RefusedRequestException}; then it discards everything that follows.
 */
public final class StrictRequestDecoder extends HttpRequestDecoder {

    private static final int LINE_BESIDES_TARGET = 64; // method, version and spaces
    private static final int LINE_END = 2;

    /** What the decoder reports besides messages. */
    public enum DecoderEvent {

        /** Bytes have arrived while decoding was paused. */
        BYTES_HELD
    }

    /** The part of the message that the next bytes belong to. */
    private enum MessagePart {
        HEAD,
        BODY,
        CHUNK_LINE,
        CHUNK,
        TRAILERS
    }

    private final int maxTarget;
    private final RequestHandler handler;
    private final String client;
    private final HeadScanner scanner;
    private @Nullable ChannelHandlerContext context;
    private MessagePart part = MessagePart.HEAD;
    private @Nullable String pathBegin; // of the head that is being read, once a part of it has arrived
    private boolean paused;
    private boolean stopped;
    private long discarded; // bytes

    /**
     * Creates a decoder.
     *
     * @param handler decides about some exceptions
     * @param client the remote address of the connection
     */
    public StrictRequestDecoder(ServerLimits limits, RequestHandler handler, String client) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength((int) limits.get(ServerLimits.SizeLimit.TARGET_BYTES) + LINE_BESIDES_TARGET)
                .setMaxHeaderSize((int) limits.get(ServerLimits.SizeLimit.HEADER_BYTES))
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false));
        this.maxTarget = (int) limits.get(ServerLimits.SizeLimit.TARGET_BYTES);
        this.handler = handler;
        this.client = client;
        this.scanner = new HeadScanner((int) limits.get(ServerLimits.SizeLimit.HEADERS));
    }

    /** Returns the remote address of the connection. */
    public String client() {
        return client;
    }

    /** Returns the path of an incomplete head, or its beginning as received, or null if none has arrived. */
    public @Nullable String pathBegin() {
        return pathBegin;
    }

    /** Stops decoding until {@link #resume()}, so that one request is answered before the next one is read. */
    public void pause() {
        paused = true;
    }

    /** Returns whether decoding is paused. */
    public boolean isPaused() {
        return paused;
    }

    /** Continues with the bytes that have arrived meanwhile. */
    public void resume() throws Exception {
        paused = false;
        if (context != null && held() > 0) {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        }
    }

    /** Discards everything from now on. */
    public void stop() {
        stopped = true;
    }

    /** Returns how many bytes were discarded. */
    public long discarded() {
        return discarded;
    }

    /** Returns the number of bytes that have arrived and are not decoded. */
    public int held() {
        return actualReadableBytes();
    }

    /** Returns whether a head has begun and is not complete. */
    public boolean isInsideHead() {
        return part == MessagePart.HEAD && (held() > 0 || scanner.isInsideHead());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext removedFrom) throws Exception {
        context = null;
        super.handlerRemoved0(removedFrom);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext addedTo) throws Exception {
        context = addedTo;
        super.handlerAdded(addedTo);
    }

    /** Does not call the overridden method, which would request further reads even while decoding is paused. */
    @Override
    public void channelReadComplete(ChannelHandlerContext where) {
        discardSomeReadBytes();
        var unused = where.fireChannelReadComplete();
    }

    @Override
    protected void decode(ChannelHandlerContext where, ByteBuf buffer, List<Object> out) throws Exception {
        if (stopped) {
            discarded += buffer.readableBytes();
            var unused = buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (paused) {
            ChannelHandlerContext unused = where.fireUserEventTriggered(DecoderEvent.BYTES_HELD);
            return;
        }
        int from = buffer.readerIndex();
        int before = out.size();
        boolean headBegins = part == MessagePart.HEAD && scanner.isBeforeRequestLine();
        super.decode(where, buffer, out);
        List<Object> decoded = out.subList(before, out.size());
        RefusedRequestException refusal = inspect(buffer, from, decoded);
        if (headBegins && (refusal != null || decoded.isEmpty())) {
            pathBegin = PathBegin.find(buffer, from);
        }
        if (refusal != null) {
            stopped = true;
            decoded.forEach(ReferenceCountUtil::release);
            decoded.clear();
            out.add(refusal.withPath(pathBegin));
            var unused = buffer.skipBytes(buffer.readableBytes());
        }
    }

    /** Does nothing: the end of the connection does not complete a request. */
    @Override
    protected void decodeLast(ChannelHandlerContext where, ByteBuf buffer, List<Object> out) {}

    private @Nullable RefusedRequestException inspect(ByteBuf buffer, int from, List<Object> decoded) {
        for (Object message : decoded) {
            DecoderResult result = ((HttpObject) message).decoderResult();
            if (result.isFailure()) {
                return failure(result.cause());
            }
        }
        Object first = decoded.isEmpty() ? null : decoded.getFirst();
        try {
            inspectBytes(buffer, from, decoded);
            if (first instanceof HttpRequest request) {
                decoded.set(0, accept(request));
            }
            if (!decoded.isEmpty() && decoded.getLast() instanceof LastHttpContent) {
                part = MessagePart.HEAD;
            }
            return null;
        } catch (RefusedRequestException refused) {
            return refused;
        }
    }

    private void inspectBytes(ByteBuf buffer, int from, List<Object> decoded) {
        int consumed = buffer.readerIndex() - from;
        switch (part) {
            case HEAD, TRAILERS -> {
                int unused = buffer.forEachByte(from, consumed, scanner);
            }
            case BODY -> { } // any byte is allowed
            case CHUNK_LINE -> {
                if (consumed > 0) {
                    int lineFeed = buffer.indexOf(from, buffer.readerIndex(), (byte) '\n');
                    boolean last = ChunkLine.isLast(buffer, from, lineFeed);
                    part = last ? MessagePart.TRAILERS : MessagePart.CHUNK;
                    if (last) {
                        scanner.beginTrailers();
                    }
                    endChunk(lineFeed + 1, buffer, decoded);
                }
            }
            case CHUNK -> endChunk(from, buffer, decoded);
        }
    }

    /** Notices the end of a chunk: apart from the data that it emits, the decoder consumes only the line end after the chunk. */
    private void endChunk(int from, ByteBuf buffer, List<Object> decoded) {
        int data = 0;
        for (Object message : decoded) {
            data += ((HttpContent) message).content().readableBytes();
        }
        if (part == MessagePart.CHUNK && buffer.readerIndex() - from - data == LINE_END) {
            part = MessagePart.CHUNK_LINE;
        }
    }

    private IncomingHead accept(HttpRequest request) {
        if (request.uri().length() > maxTarget) {
            throw new RefusedRequestException(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the target is too long");
        }
        IncomingHead head = IncomingHead.of(request, handler, client);
        pathBegin = null;
        part = head.length() == IncomingHead.CHUNKED ? MessagePart.CHUNK_LINE : MessagePart.BODY;
        return head;
    }

    private RefusedRequestException failure(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return part == MessagePart.HEAD
                    ? new RefusedRequestException(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the target is too long")
                    : new RefusedRequestException(HttpResponseStatus.BAD_REQUEST, "a chunk extension is too long");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new RefusedRequestException(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the header fields are too large");
        }
        return new RefusedRequestException(HttpResponseStatus.BAD_REQUEST, "the request is not correct HTTP/1.1");
    }
}
