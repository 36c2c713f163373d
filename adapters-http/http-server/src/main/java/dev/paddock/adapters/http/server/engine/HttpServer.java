package dev.paddock.adapters.http.server.engine;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.RequestHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A server of HTTP/1.1 that listens. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private static final int BACKLOG = 1_024;
    private static final long LAST_WORDS_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long STOP_SECONDS = 5;

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
     * @param handler what answers the requests
     * @throws UncheckedIOException if the address cannot be listened on, or the key store cannot be used
     */
    public static HttpServer start(HttpServerSettings settings, RequestHandler handler) {
        requireNonNull(settings, "settings");
        HttpServerState state = new HttpServerState(settings.limits(), requireNonNull(handler, "handler"));
        ConnectionInitializer connections =
                new ConnectionInitializer(state, settings.tls() == null ? null : TlsContext.of(settings.tls()));
        EventLoopGroup acceptor = loops("gateway-accept", 1);
        EventLoopGroup workers = loops("gateway-io", Runtime.getRuntime().availableProcessors());
        ChannelFuture bound = new ServerBootstrap()
                .group(acceptor, workers)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .handler(new AcceptRecovery())
                .childHandler(connections)
                .bind(new InetSocketAddress(settings.host(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(acceptor);
            stop(workers);
            throw new UncheckedIOException(
                    new IOException("cannot listen on " + settings.host() + " port " + settings.port(), bound.cause()));
        }
        var unused = workers.next().scheduleAtFixedRate(new ConnectionTimeoutSweeper(state), ConnectionTimeoutSweeper.PERIOD_MILLIS,
                ConnectionTimeoutSweeper.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return new HttpServer(state, acceptor, workers, bound.channel());
    }

    private static EventLoopGroup loops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    /** Returns the port listened on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Returns how many connections are open. */
    public int connectionCount() {
        return state.connectionCount();
    }

    /** Tells whether this server has begun to stop. */
    public boolean isDraining() {
        return state.isDraining();
    }

    /**
     * Stops accepting, ends the connections that are idle, and lets requests finish. Those that have not when the
     * limit is over are cancelled; their handlers have two seconds to send a correct end. Returns when every
     * connection has ended.
     *
     * @return how many requests were cancelled
     */
    public int drain(Duration limit) {
        requireNonNull(limit, "limit");
        state.beginDraining();
        ChannelFuture unused = listener.close().awaitUninterruptibly();
        state.connections().forEach(connection -> connection.execute(connection::drain));
        int cut = 0;
        if (!awaitIdle(limit.toNanos())) {
            for (Connection connection : state.connections()) {
                cut += connection.cancel() ? 1 : 0;
            }
            boolean unusedQuiet = awaitIdle(LAST_WORDS_NANOS);
        }
        endConnections();
        return cut;
    }

    /** Stops at once: requests are cancelled and their connections end. Does nothing the second time. */
    @Override
    public void close() {
        state.beginDraining();
        var unused = listener.close().awaitUninterruptibly();
        endConnections();
        boolean unusedQuiet = awaitIdle(TimeUnit.SECONDS.toNanos(STOP_SECONDS));
        stop(acceptor);
        stop(workers);
        state.spool().close();
    }

    private void endConnections() {
        state.connections().forEach(connection -> {
            boolean unused = connection.cancel();
            connection.execute(connection::close);
        });
    }

    private boolean awaitIdle(long nanos) {
        try {
            return state.awaitIdle(nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void stop(EventLoopGroup loops) {
        boolean unused = loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
}
