package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.model.SimulatorState;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The listening socket, its event loops, and a virtual thread for each request. */
final class NettyServer implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;
    private static final int BACKLOG = 1_024;
    private static final int LONGEST_LINE = 64 * 1_024;
    private static final int LARGEST_HEADER = 1_024 * 1_024;
    private static final long STOP_SECONDS = 5;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
        EVENT_LOOPS, new DefaultThreadFactory("ollama-simulator", true), NioIoHandler.newFactory());
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicLong connectionNumbers = new AtomicLong();
    private @Nullable Channel listener;

    ScheduledExecutorService timers() {
        return loops;
    }

    void listen(SimulatorState state) {
        InetSocketAddress address = new InetSocketAddress(state.settings().host(), state.settings().port());
        SimulatorDispatcher dispatcher = new SimulatorDispatcher(state);
        ChannelFuture bound = new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    prepare(channel, state, dispatcher);
                }
            })
            .bind(address)
            .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new UncheckedIOException(new IOException("cannot listen on " + address, bound.cause()));
        }
        listener = bound.channel();
    }

    private void prepare(SocketChannel channel, SimulatorState state, SimulatorDispatcher dispatcher) {
        connections.add(channel);
        channel.pipeline().addLast(
            new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADER)
                .setValidateHeaders(false)),
            new ConnectionHandler(state, dispatcher, handlers, connectionNumbers.incrementAndGet()));
    }

    int port() {
        if (listener == null) {
            throw new IllegalStateException("not listening");
        }
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Stops accepting, closes every connection, which ends every handler, and then the loops. */
    @Override
    public void close() {
        if (listener != null) {
            ChannelFuture unused = listener.close().awaitUninterruptibly();
        }
        var unusedGroup = connections.close().awaitUninterruptibly();
        handlers.close();
        boolean unusedLoops = loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
            .awaitUninterruptibly(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
}
