package dev.paddock.adapters.http.server.engine;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.decoding.StrictRequestDecoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running HTTP/1.1 server. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private static final int BACKLOG = 1_024;
    private static final long CANCEL_GRACE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long STOP_SECONDS = 5;
    private static final int PROBE_AFTER_SECONDS = 30;
    private static final int PROBE_INTERVAL_SECONDS = 10;
    private static final int PROBES = 3;

    private final HttpServerState state;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup workers;
    private final Channel listener;

    private HttpServer(HttpServerState state, EventLoopGroup acceptor, EventLoopGroup workers, Channel listener) {
        this.state = state;
        this.acceptor = acceptor;
        this.workers = workers;
        this.listener = listener;
    }

    /**
     * Starts a server.
     *
     * @param handler decides about the requests and answers them
     * @throws UncheckedIOException if the address cannot be listened on, or the key store cannot be used
     * @throws IllegalStateException if the settings want a native library that cannot be used
     */
    public static HttpServer start(HttpServerSettings settings, RequestHandler handler) {
        requireNonNull(settings, "settings");
        ServerSockets sockets = settings.nativeTransport() ? NativeTransport.sockets() : ServerSockets.nio();
        HttpServerState state = new HttpServerState(settings.limits(), requireNonNull(handler, "handler"));
        TlsContext tls = settings.tls() == null ? null : TlsContext.of(settings.tls());
        EventLoopGroup acceptor = loops(sockets, "http-accept", 1);
        EventLoopGroup workers = loops(sockets, "http-io", Runtime.getRuntime().availableProcessors());
        ChannelFuture bound = withKeepAlive(new ServerBootstrap(), sockets)
                .group(acceptor, workers)
                .channel(sockets.listener())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .handler(new AcceptRecovery())
                .childHandler(new ConnectionInitializer(state, tls))
                .bind(new InetSocketAddress(settings.host(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(acceptor);
            stop(workers);
            throw new UncheckedIOException(new IOException(
                    "cannot listen on " + settings.host() + " port " + settings.port() + ": " + reason(bound.cause()), bound.cause()));
        }
        return new HttpServer(state, acceptor, workers, bound.channel());
    }

    private static String reason(Throwable cause) {
        return cause instanceof UnresolvedAddressException ? "no address is known for this name" : String.valueOf(cause.getMessage());
    }

    /** Enables probes of silent connections, which notice a client whose machine or network has failed. */
    private static ServerBootstrap withKeepAlive(ServerBootstrap server, ServerSockets sockets) {
        return server.childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(sockets.probeAfter(), PROBE_AFTER_SECONDS)
                .childOption(sockets.probeInterval(), PROBE_INTERVAL_SECONDS)
                .childOption(sockets.probes(), PROBES);
    }

    private static EventLoopGroup loops(ServerSockets sockets, String name, int threads) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), sockets.handlers());
    }

    /** Returns the port listened on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Returns how many connections are open. */
    public int connectionCount() {
        return state.connectionCount();
    }

    /** Returns whether this server has begun to stop. */
    public boolean isDraining() {
        return state.isDraining();
    }

    /**
     * Graceful shutdown: stops accepting, closes idle connections, and waits for the requests in progress. Requests that exceed the
     * limit are cancelled; their handlers have two seconds to complete the response. Returns when every connection is closed.
     *
     * @param limit the time for the requests in progress; zero cancels them immediately
     * @return how many requests were cancelled
     */
    public int drain(Duration limit) {
        requireNonNull(limit, "limit");
        state.beginDraining();
        ChannelFuture unused = listener.close().awaitUninterruptibly();
        state.connections.forEach(connection -> connection.eventLoop().execute(connection::drain));
        int cancelled = 0;
        if (!state.awaitIdle(limit.toNanos())) {
            for (Connection connection : state.connections) {
                cancelled += connection.cancel() ? 1 : 0;
            }
            boolean unusedQuiet = state.awaitIdle(CANCEL_GRACE_NANOS);
        }
        closeConnections();
        return cancelled;
    }

    /** Stops immediately: cancels the requests and closes their connections. Does nothing the second time. */
    @Override
    public void close() {
        state.beginDraining();
        var unused = listener.close().awaitUninterruptibly();
        closeConnections();
        boolean unusedQuiet = state.awaitIdle(TimeUnit.SECONDS.toNanos(STOP_SECONDS));
        stop(acceptor);
        stop(workers);
        state.spool.close();
    }

    private void closeConnections() {
        state.connections.forEach(connection -> {
            boolean unused = connection.cancel();
            connection.eventLoop().execute(connection::close);
        });
    }

    private static void stop(EventLoopGroup loops) {
        boolean unused = loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }

    /** Builds the pipeline of each accepted connection. */
    private static final class ConnectionInitializer extends ChannelInitializer<SocketChannel> {

        private final HttpServerState state;
        private final @Nullable TlsContext tls;

        ConnectionInitializer(HttpServerState state, @Nullable TlsContext tls) {
            this.state = state;
            this.tls = tls;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            InetSocketAddress client = channel.remoteAddress();
            if (client == null || state.isFull() || state.isDraining()) {
                ChannelFuture unused = channel.close();
                return;
            }
            StrictRequestDecoder decoder =
                    new StrictRequestDecoder(state.limits, state.handler, client.getAddress().getHostAddress());
            Connection connection = new Connection(state, decoder, channel);
            state.add(connection);
            if (tls != null) {
                var unused = channel.pipeline().addLast(tls.handler(channel));
            }
            var unused = channel.pipeline().addLast(new OutgoingHead.Encoder(), decoder, connection);
        }
    }
}
