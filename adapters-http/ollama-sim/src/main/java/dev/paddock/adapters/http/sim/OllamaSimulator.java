package dev.paddock.adapters.http.sim;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultQueue;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.adapters.http.sim.model.SimulatorState;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.recording.SimulatorCounters;
import dev.paddock.adapters.http.sim.script.AnswerScript;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A simulated Ollama server on a real TCP port.
 *
 * <p>It serves Ollama's native API and its OpenAI and Anthropic APIs, with the status codes, messages, headers and
 * segment boundaries of the real server. The text of answers is invented, but equal for equal requests; the settings
 * define how long they take. The simulator counts connections, requests and disconnections, so that a test can prove
 * from outside how many connections a client opened and whether a cancellation reached the server:
 *
 * <pre>{@code
 * try (OllamaSimulator simulator = OllamaSimulator.start(SimulatorSettings.builder()
 *         .connectionCost(Duration.ofMillis(25))
 *         .tokenInterval(Duration.ofMillis(10))
 *         .build())) {
 *     simulator.faults().enqueue(FaultScript.on("/api/chat").times(2).then(Fault.busy()));
 *     callSomething(simulator.baseUrl());
 *     assertThat(simulator.counters().connectionsAccepted()).isEqualTo(1);
 * }
 * }</pre>
 *
 * <p>{@link #script} lets a test choose the answers.
 *
 * <p>Tests need no sleeps: {@link #awaitCounters} blocks until a count is reached, and a {@link Latch} holds an answer
 * at a chosen line until the test opens it.
 *
 * <p>Models that are not in memory load one at a time, behind a bounded queue (503 when it is full). A load is aborted
 * when the client that caused it disconnects. A model in memory gives {@code parallel} answers at a time; further
 * requests wait without limit. An idle model is unloaded after its keep-alive time. A client that closes, resets or
 * half-closes its connection is noticed at once. Unlike a real server, the simulator has no {@code zstd} request
 * bodies, cloud models and accounts.
 *
 * <p>Safe for use by several threads. Never prints or logs.
 */
public final class OllamaSimulator implements AutoCloseable {
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
    private final SimulatorState state;
    private final Channel listener;

    private OllamaSimulator(SimulatorSettings settings) {
        this.state = SimulatorState.create(settings, loops);
        SimulatorDispatcher dispatcher = new SimulatorDispatcher(state);
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        ChannelFuture bound = new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel channel) {
                    prepare(channel, dispatcher);
                }
            })
            .bind(address)
            .awaitUninterruptibly();
        this.listener = bound.channel();
        if (!bound.isSuccess()) {
            close();
            String reason = address.isUnresolved() ? "no address is known for this name" : String.valueOf(bound.cause().getMessage());
            String message = "cannot listen on " + settings.host() + " port " + settings.port() + ": " + reason;
            throw new UncheckedIOException(message, new IOException(message, bound.cause()));
        }
    }

    private void prepare(SocketChannel channel, SimulatorDispatcher dispatcher) {
        connections.add(channel);
        channel.pipeline().addLast(
            new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADER)
                .setValidateHeaders(false)),
            new ConnectionHandler(state, dispatcher, handlers, connectionNumbers.incrementAndGet()));
    }

    /**
     * Starts a simulator; it accepts connections when this method returns.
     *
     * @throws java.io.UncheckedIOException when the port cannot be bound
     */
    public static OllamaSimulator start(SimulatorSettings settings) {
        return new OllamaSimulator(requireNonNull(settings, "settings"));
    }

    /** Starts a simulator with the default settings on a free port of 127.0.0.1. */
    public static OllamaSimulator start() {
        return start(SimulatorSettings.builder().build());
    }

    /** The address to give to a client, such as {@code http://127.0.0.1:41234}, without a slash at the end. */
    public String baseUrl() {
        String host = state.settings().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** The port it listens on. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** What has been counted up to now. */
    public SimulatorCounters counters() {
        return state.recording().snapshot();
    }

    /** The latest requests received whole, a thousand at most and fewer when they are huge; the oldest first. */
    public List<RecordedRequest> requests() {
        return state.recording().requests();
    }

    /** The faults to come; add to them here. */
    public FaultQueue faults() {
        return state.faults();
    }

    /** Sets what chooses the answers, instead of what did so before; {@link #reset} does not change it. */
    public void script(AnswerScript script) {
        state.script().set(requireNonNull(script, "script"));
    }

    /** The models in memory by name, those that stay longest first. */
    public List<String> loadedModels() {
        return state.runners().list().stream().map(runner -> runner.model().name().brief()).toList();
    }

    /**
     * Blocks until the counters satisfy a condition.
     *
     * @param condition tried on every change; must be quick
     * @param limit the longest wait; not null
     * @return false when the condition was not met within the limit
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean awaitCounters(Predicate<SimulatorCounters> condition, Duration limit) throws InterruptedException {
        return state.recording().await(requireNonNull(condition, "condition"), requireNonNull(limit, "limit"));
    }

    /** Blocks until at least one client has disconnected before its answer was complete; false when none did. */
    public boolean awaitDisconnect(Duration limit) throws InterruptedException {
        return awaitCounters(counters -> counters.disconnects() > 0, limit);
    }

    /**
     * Forgets counters, requests and faults, restores the models on disk, and unloads those in memory as soon as they
     * are idle. Connections stay open.
     */
    public void reset() {
        state.reset();
    }

    /** Stops as abruptly as Ollama does: closes open connections and cuts answers in progress. Idempotent. */
    @Override
    public void close() {
        ChannelFuture unused = listener.close().awaitUninterruptibly();
        var unusedGroup = connections.close().awaitUninterruptibly();
        handlers.close();
        boolean unusedLoops = loops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS)
            .awaitUninterruptibly(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
}
