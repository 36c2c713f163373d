package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.support.ChunkFraming;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.adapters.http.spi.support.ResponseHeadDecoder;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over HTTP/1.1. The thread of the call begins, sends and releases; what is received, and the progress of the request, is
 * confined to the event loop.
 */
final class Http1Stream implements RequestStream {

    private final NettyCall call;
    private final NettyConnection connection;
    private final Http1Handler handler;
    private final Channel channel;
    private final RequestProgress progress;
    private final IncomingResponse incoming;
    private final boolean reused;
    private @Nullable ResponseHeadDecoder decoder = new ResponseHeadDecoder(); // until the head has arrived
    private @Nullable ResponseHead head;
    private @Nullable ChunkFraming chunks;
    private long left; // of a body that has a length
    private boolean started;
    private boolean ended;

    Http1Stream(NettyCall call, NettyConnection connection, Http1Handler handler, boolean reused) {
        this.call = call;
        this.connection = connection;
        this.handler = handler;
        this.channel = connection.channel();
        this.progress = new RequestProgress(call);
        this.incoming = new IncomingResponse(channel.eventLoop(), this::setReading);
        this.reused = reused;
    }

    private void setReading(boolean wanted) {
        var unused = channel.config().setAutoRead(wanted);
    }

    @Override
    public IncomingResponse incoming() {
        return incoming;
    }

    // The request.

    @Override
    public void begin(@Nullable BodyPiece first, boolean last) {
        byte[] fields = requestHead().getBytes(StandardCharsets.ISO_8859_1);
        channel.eventLoop().execute(() -> begin(fields, first, last));
    }

    private String requestHead() {
        StringBuilder text = new StringBuilder(256);
        text.append(call.request().method()).append(' ').append(call.targetToSend()).append(" HTTP/1.1\r\n");
        for (Header field : call.fieldsToSend()) {
            text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    private void begin(byte[] fields, @Nullable BodyPiece first, boolean last) {
        if (!handler.start(this)) {
            incoming.failed(new StaleConnectionException());
            handler.close();
            return;
        }
        if (reused) {
            connection.lifecycle().leaseAgain();
        }
        call.useConnection(connection.lifecycle().id(), reused);
        if (!progress.begin()) {
            return; // the connection is being closed
        }
        if (!channel.isActive()) {
            handler.fail(this, connection.reasonOfEnd());
            return;
        }
        setReading(true);
        int length = first == null ? 0 : first.length();
        ByteBuf start = channel.alloc().directBuffer(fields.length + length).writeBytes(fields);
        if (first != null) {
            start.writeBytes(first.array(), first.offset(), length);
        }
        write(start, length, last);
    }

    @Override
    public void send(BodyPiece piece, boolean last) {
        channel.eventLoop().execute(() ->
                write(Unpooled.wrappedBuffer(piece.array(), piece.offset(), piece.length()), piece.length(), last));
    }

    private void write(ByteBuf bytes, int bodyBytes, boolean last) {
        var unused = channel.writeAndFlush(bytes).addListener((ChannelFuture written) -> {
            if (written.isSuccess()) {
                progress.pieceSent(bodyBytes, last);
                if (!last) {
                    incoming.pieceSent();
                }
            } else {
                incoming.sendFailed(written.cause());
            }
        });
    }

    // The response.

    /**
     * Takes what has arrived.
     *
     * @return where the response ends in the array, or the end of what was given
     */
    int receive(byte[] bytes, int from, int end) throws ProtocolException {
        if (!started) {
            started = true;
            call.markResponseStarted();
        }
        int position = from;
        ResponseHeadDecoder awaited = decoder;
        while (awaited != null && head == null && position < end) {
            if (awaited.accept(bytes[position++])) {
                decoder = null;
                acceptHead(awaited.head());
            }
        }
        if (head != null && !ended && position < end) {
            position = chunks == null ? receiveBody(bytes, position, end) : receiveChunks(chunks, bytes, position, end);
        }
        return position;
    }

    private void acceptHead(ResponseHead arrived) {
        head = arrived;
        progress.responseBegins();
        left = arrived.bodyLength(call.request().method());
        boolean isChunked = arrived.isChunked() && arrived.hasBody(call.request().method());
        chunks = isChunked ? new ChunkFraming() : null;
        ended = left == 0;
        incoming.headArrived(arrived);
        if (ended) {
            incoming.completed();
        }
    }

    private int receiveBody(byte[] bytes, int from, int end) {
        int length = left == Headers.UNKNOWN_LENGTH ? end - from : (int) Math.min(left, end - from);
        incoming.bodyArrived(bytes, from, length);
        if (left != Headers.UNKNOWN_LENGTH) {
            left -= length;
            if (left == 0) {
                end();
            }
        }
        return from + length;
    }

    private int receiveChunks(ChunkFraming framing, byte[] bytes, int from, int end) throws ProtocolException {
        int position = from;
        while (position < end && !framing.isEnded()) {
            int length = (int) Math.min(framing.left(), end - position);
            if (length > 0) {
                incoming.bodyArrived(bytes, position, length);
                framing.skip(length);
                position += length;
            } else {
                framing.accept(bytes[position++] & 0xff);
            }
        }
        if (framing.isEnded()) {
            end();
        }
        return position;
    }

    /** Returns whether the end of the connection is the end of the body. */
    boolean endsWithConnection() {
        return head != null && chunks == null && left == Headers.UNKNOWN_LENGTH;
    }

    void end() {
        ended = true;
        incoming.completed();
    }

    boolean isEnded() {
        return ended;
    }

    /** Returns whether the connection can be used again after the response. */
    boolean isPersistent() {
        return head != null && isPersistent(head);
    }

    private boolean isPersistent(ResponseHead received) {
        return progress.isComplete() && received.keepsConnection(call.request());
    }

    @Override
    public long bodyLength(ResponseHead received) {
        return received.bodyLength(call.request().method());
    }

    // The connection.

    @Override
    public void release(ResponseHead received) {
        connection.release(call, received.headers(), isPersistent(received));
    }

    @Override
    public void abort() {
        progress.abort();
        connection.close();
        incoming.abort(new SocketException("The call was ended"));
    }
}
