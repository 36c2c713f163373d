package dev.paddock.adapters.http.server;

import static dev.paddock.adapters.http.server.RefusedRequestException.BAD_REQUEST;
import static dev.paddock.adapters.http.server.RefusedRequestException.HEADER_FIELDS_TOO_LARGE;
import static dev.paddock.adapters.http.server.RefusedRequestException.URI_TOO_LONG;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder, under supervision: after each step it looks at the very bytes the decoder has taken and at what it
 * made of them, and what is not beyond doubt becomes a {@link RefusedRequest}. Passes on {@link IncomingHead}s, the pieces
 * of a body, the last of which is a {@link LastHttpContent}, and at most one {@link RefusedRequest}, after which everything
 * is discarded.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {

    private static final int LINE_BESIDES_TARGET = 64; // method, version and spaces
    private static final int LINE_END = 2;

    /** What the next bytes are. */
    private enum Part {
        HEAD,
        BODY,
        CHUNK_LINE,
        CHUNK,
        TRAILERS
    }

    private final int maxTarget;
    private final String client;
    private final HeadScanner scanner;
    private @Nullable ChannelHandlerContext context;
    private Part part = Part.HEAD;
    private boolean paused;
    private boolean stopped;

    StrictRequestDecoder(ServerLimits limits, String client) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.maxTargetBytes() + LINE_BESIDES_TARGET)
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false));
        this.maxTarget = limits.maxTargetBytes();
        this.client = client;
        this.scanner = new HeadScanner(limits.maxHeaders());
    }

    /** Returns the address that the connection comes from. */
    String client() {
        return client;
    }

    /**
     * Leaves what comes in where it is until {@link #resume()}, so that one request is answered before the next is
     * read.
     */
    void pause() {
        paused = true;
    }

    /** Tells whether what comes in stays where it is. */
    boolean isPaused() {
        return paused;
    }

    /** Goes on with what has come in meanwhile. */
    void resume() throws Exception {
        paused = false;
        if (context != null && held() > 0) {
            channelRead(context, Unpooled.EMPTY_BUFFER);
        }
    }

    /** Discards everything from now on. */
    void stop() {
        stopped = true;
    }

    /** How many bytes have come in that are not decoded. */
    int held() {
        return actualReadableBytes();
    }

    /** Tells whether a head has begun that is not complete. */
    boolean isInsideHead() {
        return part == Part.HEAD && (held() > 0 || scanner.isInsideHead());
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

    /** Not what it overrides, which would ask for more to read even while this is paused. */
    @Override
    public void channelReadComplete(ChannelHandlerContext where) {
        discardSomeReadBytes();
        var unused = where.fireChannelReadComplete();
    }

    @Override
    protected void decode(ChannelHandlerContext where, ByteBuf buffer, List<Object> out) throws Exception {
        if (stopped) {
            var unused = buffer.skipBytes(buffer.readableBytes());
            return;
        }
        if (paused) {
            return;
        }
        int from = buffer.readerIndex();
        int before = out.size();
        super.decode(where, buffer, out);
        List<Object> decoded = out.subList(before, out.size());
        RefusedRequest refusal = inspect(buffer, from, decoded);
        if (refusal != null) {
            stopped = true;
            decoded.forEach(ReferenceCountUtil::release);
            decoded.clear();
            out.add(refusal);
            var unused = buffer.skipBytes(buffer.readableBytes());
        }
    }

    /** Nothing: an end of the connection in the middle of a request makes no request of it. */
    @Override
    protected void decodeLast(ChannelHandlerContext where, ByteBuf buffer, List<Object> out) {}

    private @Nullable RefusedRequest inspect(ByteBuf buffer, int from, List<Object> decoded) {
        for (Object message : decoded) {
            DecoderResult result = ((HttpObject) message).decoderResult();
            if (result.isFailure()) {
                return failure(result.cause(), RequestPath.of(message));
            }
        }
        Object first = decoded.isEmpty() ? null : decoded.getFirst();
        try {
            inspectBytes(buffer, from, decoded);
            if (first instanceof HttpRequest request) {
                decoded.set(0, accept(request));
            }
            if (!decoded.isEmpty() && decoded.getLast() instanceof LastHttpContent) {
                part = Part.HEAD;
            }
            return null;
        } catch (RefusedRequestException refused) {
            return RefusedRequest.of(refused, RequestPath.of(first));
        }
    }

    private void inspectBytes(ByteBuf buffer, int from, List<Object> decoded) {
        int taken = buffer.readerIndex() - from;
        switch (part) {
            case HEAD, TRAILERS -> {
                int unused = buffer.forEachByte(from, taken, scanner);
            }
            case BODY -> { } // bytes without meaning here
            case CHUNK_LINE -> {
                if (taken > 0) {
                    int lineFeed = buffer.indexOf(from, buffer.readerIndex(), (byte) '\n');
                    boolean last = ChunkLine.isLast(buffer, from, lineFeed);
                    part = last ? Part.TRAILERS : Part.CHUNK;
                    if (last) {
                        scanner.beginTrailers();
                    }
                    endChunk(lineFeed + 1, buffer, decoded);
                }
            }
            case CHUNK -> endChunk(from, buffer, decoded);
        }
    }

    /** The decoder takes the line end after a chunk, and nothing else, beyond the data it passes on. */
    private void endChunk(int from, ByteBuf buffer, List<Object> decoded) {
        int data = 0;
        for (Object message : decoded) {
            data += ((HttpContent) message).content().readableBytes();
        }
        if (part == Part.CHUNK && buffer.readerIndex() - from - data == LINE_END) {
            part = Part.CHUNK_LINE;
        }
    }

    private IncomingHead accept(HttpRequest request) {
        if (request.uri().length() > maxTarget) {
            throw new RefusedRequestException(URI_TOO_LONG, "the target is too long");
        }
        IncomingHead head = IncomingHead.of(request, client);
        part = head.framing().length() == MessageFraming.CHUNKED ? Part.CHUNK_LINE : Part.BODY;
        return head;
    }

    private RefusedRequest failure(Throwable cause, @Nullable String path) {
        if (cause instanceof TooLongHttpLineException) {
            return part == Part.HEAD
                    ? new RefusedRequest(URI_TOO_LONG, "the target is too long", null)
                    : new RefusedRequest(BAD_REQUEST, "a chunk extension is too long", null);
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new RefusedRequest(HEADER_FIELDS_TOO_LARGE, "the header fields are too large", path);
        }
        return new RefusedRequest(BAD_REQUEST, "the request is not correct HTTP/1.1", path);
    }
}
