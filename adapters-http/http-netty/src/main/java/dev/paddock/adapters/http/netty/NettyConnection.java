package dev.paddock.adapters.http.netty;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.netty.SocketKind.ClientSocket;
import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle;
import dev.paddock.adapters.http.spi.support.ProxyTunnel;
import dev.paddock.adapters.http.spi.support.TcpConnector;
import dev.paddock.adapters.http.spi.support.TcpConnector.Opening;
import dev.paddock.adapters.http.spi.support.TlsHandshake;
import dev.paddock.adapters.http.spi.support.TransportState;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Headers;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** One connection on one event loop: TCP, TLS, and the protocol above. Any thread may close it. */
final class NettyConnection {

    /** Of arrays: what is received is handed over as a part of an array. */
    private static final ByteBufAllocator ARRAYS = new AdaptiveByteBufAllocator(false);

    private static final String[] HTTP_1 = {"http/1.1"};
    private static final String[] HTTP_2 = {"h2", "http/1.1"};

    private final TransportState state;
    private final ConnectionPool pool;
    private final EventLoop loop;
    private final SocketKind sockets;
    private final String[] protocols;
    private final ConnectionLifecycle lifecycle;
    private volatile @Nullable Channel channel;
    private volatile @Nullable IOException failure;
    private @Nullable ClientSocket socket;
    private @Nullable Http1Handler http1;
    private volatile @Nullable Http2Session http2;

    NettyConnection(TransportState state, ConnectionPool pool, EventLoop loop, SocketKind sockets, boolean http2) {
        this.state = state;
        this.pool = pool;
        this.loop = loop;
        this.sockets = sockets;
        this.protocols = http2 ? HTTP_2 : HTTP_1;
        this.lifecycle = new ConnectionLifecycle(state, this::close);
    }

    ConnectionLifecycle lifecycle() {
        return lifecycle;
    }

    EventLoop eventLoop() {
        return loop;
    }

    Channel channel() {
        return requireNonNull(channel, "connected");
    }

    boolean isActive() {
        Channel connected = channel;
        return connected != null && connected.isActive();
    }

    /** Connects, in the thread of a call, which waits for each step. */
    void open(NettyCall call) throws IOException {
        TcpConnector connector = new TcpConnector(call);
        Connected won = connector.connectWith(this::connect);
        Channel connected = won.socket.channel();
        socket = won.socket;
        http1 = won.handler;
        channel = connected;
        try {
            call.requireRunning(); // it may have ended before the connection was known here
            won.handler.adopt();
            if (!connected.isActive()) {
                throw reasonOfEnd();
            }
            ProxyTunnel tunnel = ProxyTunnel.needed(state);
            if (tunnel != null) {
                TunnelHandler.open(connected, tunnel, connector.remaining());
            }
            if (state.endpoint().secure()) {
                secure(call, connected);
            }
            if (!lifecycle.open(connector.elapsed())) {
                throw reasonOfEnd();
            }
            if (http2 != null) {
                pool.share(this);
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private Connected connect(InetSocketAddress address, Duration limit, Opening opening) throws IOException {
        ClientSocket opened = sockets.open();
        opening.closeWith(() -> closeOnLoop(opened.channel()));
        Http1Handler handler = new Http1Handler(this);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(opened::channel)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TimeoutMillis.of(limit))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOCATOR, ARRAYS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, opened.reads())
                .option(ChannelOption.AUTO_READ, false) // until the first request: what comes before it is no answer
                .option(ChannelOption.AUTO_CLOSE, false) // a server that takes no more of a request may have answered it
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel created) {
                        var unused = created.pipeline().addLast(handler);
                    }
                });
        Promise<Void> connected = loop.newPromise();
        try {
            loop.execute(() -> connect(bootstrap, opened.channel(), address, connected));
            await(connected, loop);
            return new Connected(opened, handler);
        } catch (RejectedExecutionException stopped) {
            closeOnLoop(opened.channel());
            throw new IOException(stopped);
        } catch (IOException | RuntimeException failure) {
            closeOnLoop(opened.channel());
            throw failure;
        }
    }

    /** Connects on the event loop, where the socket is closed, too: the number of a closed one may be that of another one already. */
    private static void connect(Bootstrap bootstrap, Channel opened, InetSocketAddress address, Promise<Void> connected) {
        if (opened.isOpen()) {
            var unused = PromiseNotifier.cascade(bootstrap.connect(address), connected);
        } else {
            var unused = connected.tryFailure(new ClosedChannelException());
        }
    }

    /** Closes a socket that may not be registered yet. */
    private void closeOnLoop(Channel opened) {
        try {
            loop.execute(() -> {
                if (opened.isRegistered()) {
                    close(opened);
                } else {
                    opened.unsafe().closeForcibly();
                }
            });
        } catch (RejectedExecutionException stopped) {
            opened.unsafe().closeForcibly();
        }
    }

    private void secure(NettyCall call, Channel connected) throws IOException {
        call.enter(CallPhase.TLS);
        call.requireRunning();
        SslHandler tls = new SslHandler(
                TlsHandshake.engine(state.endpoint(), state.settings(), protocols), false, Thread::startVirtualThread);
        tls.setHandshakeTimeout(TimeoutMillis.of(state.settings().tlsTimeout()), TimeUnit.MILLISECONDS);
        try {
            await(loop.submit(() -> startTls(connected, tls)), loop);
            await(tls.handshakeFuture(), loop);
            TlsHandshake.requireServer(tls.engine());
            if (isHttp2(tls) && http2 == null) {
                throw new SSLException("HTTP/2 was chosen and could not be started");
            }
        } catch (SslHandshakeTimeoutException late) {
            throw (IOException) new SocketTimeoutException("The TLS handshake timed out").initCause(late);
        } catch (ClosedChannelException ended) {
            throw (IOException) new EOFException("The connection ended within the TLS handshake").initCause(ended);
        }
    }

    private @Nullable Void startTls(Channel connected, SslHandler tls) throws IOException {
        if (!connected.isActive()) {
            throw new ClosedChannelException();
        }
        // In the moment in which the handshake ends: the first frame of the server may have arrived with it.
        var unusedFuture = tls.handshakeFuture().addListener(done -> {
            if (done.isSuccess() && isHttp2(tls)) {
                startHttp2(connected);
            }
        });
        var unused = connected.pipeline().addFirst(requireNonNull(http1, "connected").guard(), tls);
        return null;
    }

    private static boolean isHttp2(SslHandler tls) {
        return "h2".equals(tls.engine().getApplicationProtocol());
    }

    private void startHttp2(Channel connected) throws Http2Exception {
        Http2Session session = new Http2Session(this);
        var unused = connected.pipeline().remove(http1);
        session.install(connected.pipeline());
        var unusedConfig = connected.config().setAutoRead(true);
        http2 = session;
    }

    /**
     * Waits for an operation of an event loop, without a lock that keeps the carrier of a virtual thread. An event loop that ends may drop
     * its last tasks, and tells no listener any more.
     */
    static void await(Future<?> operation, EventLoop loop) throws IOException {
        CompletableFuture<Void> result = new CompletableFuture<>();
        GenericFutureListener<Future<Object>> whenStopped =
                stopped -> result.completeExceptionally(new SocketException("The event loop has ended"));
        var unusedOperation = operation.addListener(done -> {
            if (done.isSuccess()) {
                result.complete(null);
            } else {
                result.completeExceptionally(done.cause());
            }
        });
        Future<?> end = loop.terminationFuture().addListener(whenStopped);
        try {
            result.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("Interrupted").initCause(interrupted);
        } finally {
            var unused = end.removeListener(whenStopped);
        }
    }

    /** A connection to one address. */
    private record Connected(ClientSocket socket, Http1Handler handler) {}

    /**
     * Returns a stream for a call that has this connection.
     *
     * @param reused whether the connection was open before, so that it may be stale
     */
    RequestStream stream(NettyCall call, boolean reused) {
        Http2Session session = http2;
        if (session != null) {
            return new Http2RequestStream(call, this, session, reused);
        }
        return new Http1Stream(call, this, requireNonNull(http1, "open"), reused);
    }

    /**
     * Returns whether the idle connection is at its end, or has bytes that belong to no request. Takes a byte that has arrived. For the
     * event loop, which may not have noticed yet.
     */
    boolean isStale() {
        try {
            return !isActive() || requireNonNull(socket, "connected").isReadable();
        } catch (IOException broken) {
            return true;
        }
    }

    /** Ends the use by one call, and keeps the connection if it can be used again. */
    void release(NettyCall call, Headers response, boolean persistent) {
        Http2Session session = http2;
        boolean kept = persistent && (session == null || !session.isDraining());
        if (lifecycle.release(response, call.request().isConnectionReusable(), kept) == null) {
            close();
        } else if (session == null) {
            pool.keep(this);
        } else {
            pool.share(this); // it may have been full
        }
    }

    /** Returns whether calls can share the connection. */
    boolean isShareable() {
        Http2Session session = http2;
        return session != null && !session.isDraining() && !lifecycle.isClosed();
    }

    /** Gives the connection to no further call, until one gives it back. */
    void withdraw() {
        pool.forget(this);
    }

    /** Closes the connection for a reason that the first call over it is to know: a server may reject its client just after the handshake. */
    void fail(IOException reason) {
        failure = reason;
        close();
    }

    /** Returns why the connection has ended before a request. */
    IOException reasonOfEnd() {
        IOException reason = failure;
        return reason == null ? new EOFException("The connection ended before the request") : reason;
    }

    /** Closes the connection below TLS: a server that does not read would delay the end of TLS. Closing again does nothing. */
    void close() {
        lifecycle.close();
        pool.forget(this);
        Channel opened = channel;
        if (opened != null) {
            close(opened);
        }
    }

    private static void close(Channel opened) {
        try {
            ChannelHandlerContext first = opened.pipeline().firstContext();
            var unused = first == null ? opened.close() : first.close();
        } catch (RejectedExecutionException stopped) {
            opened.unsafe().closeForcibly(); // its event loop, which closes what it has, has not taken it any more
        }
    }
}
