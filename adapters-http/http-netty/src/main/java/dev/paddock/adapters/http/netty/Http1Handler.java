package dev.paddock.adapters.http.netty;

import dev.paddock.domain.pool.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on one connection: passes what arrives to the response that is expected. What arrives when none is expected ends the
 * connection: it must not become the answer to the next request. Confined to the event loop.
 */
final class Http1Handler extends ChannelInboundHandlerAdapter {

    private final NettyConnection connection;
    private @Nullable Http1Stream current;
    private boolean idle;
    private boolean secure;
    private volatile boolean adopted; // by the thread of the call

    Http1Handler(NettyConnection connection) {
        this.connection = connection;
    }

    /** Lets the handler act for the connection from now on; until then its channel may be one of several of which one will be used. */
    void adopt() {
        adopted = true;
    }

    /** Starts the next exchange; false if the connection is stale. */
    boolean start(Http1Stream next) {
        if (current != null || (idle && connection.isStale())) {
            return false;
        }
        current = next;
        idle = false;
        return true;
    }

    /** Returns the handler below TLS, which finds bytes on an idle connection before they are decrypted. */
    ChannelHandler guard() {
        secure = true;
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                if (idle) {
                    ReferenceCountUtil.release(message);
                    close();
                } else {
                    var unused = context.fireChannelRead(message);
                }
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            int length = received.readableBytes();
            if (received.hasArray()) {
                receive(received.array(), received.arrayOffset() + received.readerIndex(), length);
            } else {
                receive(ByteBufUtil.getBytes(received), 0, length);
            }
        } finally {
            received.release();
        }
    }

    private void receive(byte[] bytes, int offset, int length) {
        int position = offset;
        int end = offset + length;
        Http1Stream stream = current;
        if (stream != null && length > 0) {
            try {
                position = stream.incoming().read(() -> stream.receive(bytes, offset, end));
            } catch (ProtocolException violation) {
                fail(stream, violation);
                return;
            }
            if (stream.isEnded()) {
                current = null;
                idle = stream.isPersistent();
            }
        }
        if (position < end) {
            close();
        }
    }

    /** An idle connection that ends by itself or has something to read is stale. */
    void close() {
        if (idle) {
            connection.lifecycle().setCloseReason(CloseReason.STALE);
        }
        connection.close();
    }

    void fail(Http1Stream stream, Throwable cause) {
        current = null;
        stream.incoming().failed(cause);
        connection.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS) {
            connectionEnded(true);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!adopted) {
            return; // who connects learns of it
        }
        Throwable failure = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        IOException reason = failure instanceof IOException known ? known : new IOException(failure);
        Http1Stream stream = current;
        if (stream != null) {
            fail(stream, reason);
        } else {
            connection.fail(reason);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (adopted) {
            connectionEnded(!secure);
        }
    }

    /** Over TLS, an end that the server has not announced may be an attacker's. */
    private void connectionEnded(boolean inOrder) {
        Http1Stream stream = current;
        if (stream != null && stream.endsWithConnection() && inOrder) {
            current = null;
            stream.end();
            connection.close();
        } else if (stream != null) {
            fail(stream, new EOFException("The connection ended before the response"));
        } else {
            close();
        }
    }
}
