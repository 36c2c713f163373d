package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.support.ProxyFailureException;
import dev.paddock.adapters.http.spi.support.ProxyTunnel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Opens the tunnel through a proxy on a new connection, and leaves the pipeline when it is open. Nothing is read then until TLS begins.
 * Confined to the event loop.
 */
final class TunnelHandler extends ChannelInboundHandlerAdapter {

    private final ProxyTunnel tunnel;
    private final Promise<Void> open;

    private TunnelHandler(ProxyTunnel tunnel, Promise<Void> open) {
        this.tunnel = tunnel;
        this.open = open;
    }

    /**
     * Opens a tunnel, in the thread of a call, which waits for the answer of the proxy.
     *
     * @param limit how long the proxy may take, positive
     * @throws IOException if the proxy opens none, takes too long, or the connection is closed; it is for the caller to close
     */
    static void open(Channel channel, ProxyTunnel tunnel, Duration limit) throws IOException {
        Promise<Void> open = channel.eventLoop().newPromise();
        channel.eventLoop().execute(() -> begin(channel, tunnel, open, limit));
        NettyConnection.await(open, channel.eventLoop());
    }

    private static void begin(Channel channel, ProxyTunnel tunnel, Promise<Void> open, Duration limit) {
        if (!channel.isActive()) {
            open.setFailure(ProxyFailureException.closed(new EOFException("The connection ended")));
            return;
        }
        var timer = channel.eventLoop().schedule(
                () -> open.tryFailure(new SocketTimeoutException("The proxy has not answered in time")),
                TimeoutMillis.of(limit),
                TimeUnit.MILLISECONDS);
        var unusedListener = open.addListener(done -> timer.cancel(false));
        var unusedPipeline = channel.pipeline().addFirst(new TunnelHandler(tunnel, open));
        var unusedWrite = channel.writeAndFlush(Unpooled.wrappedBuffer(tunnel.request())).addListener(sent -> {
            if (!sent.isSuccess()) {
                open.tryFailure(ProxyFailureException.closed(new IOException(sent.cause())));
            }
        });
        var unusedRead = channel.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf received = (ByteBuf) message;
        try {
            boolean isOpen = false;
            while (!isOpen && received.isReadable()) {
                isOpen = tunnel.accept(received.readByte());
            }
            if (isOpen && received.isReadable()) {
                throw ProxyFailureException.malformed(new IOException("Bytes follow the answer of the proxy"));
            } else if (isOpen) {
                var unused = context.pipeline().remove(this);
                open.trySuccess(null);
            }
        } catch (ProxyFailureException failure) {
            open.tryFailure(failure);
        } finally {
            received.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!open.isDone()) {
            var unused = context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        exceptionCaught(context, new EOFException("The connection ended"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        open.tryFailure(ProxyFailureException.closed(cause instanceof IOException broken ? broken : new IOException(cause)));
    }
}
