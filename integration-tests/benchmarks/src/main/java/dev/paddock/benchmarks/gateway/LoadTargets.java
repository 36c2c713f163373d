package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.Polling;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.Proxy.ProxyApi;
import dev.paddock.benchmarks.upstream.UpstreamProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The upstream and the proxies in target of it, each a process of its own that ends with this one. */
final class LoadTargets implements AutoCloseable {

    private static final Duration MAX_START = Duration.ofMinutes(2); // the first start builds Paddock
    private static final int LAST_LINES = 5;
    private static final int LARGEST_POOL = 10_000;

    private final Path directory;
    private final UpstreamProcess server;
    private final List<Process> processes = new ArrayList<>();
    private final List<LoadTarget> targets = new ArrayList<>();

    private LoadTargets(Path directory, UpstreamProcess server) {
        this.directory = directory;
        this.server = server;
        targets.add(new LoadTarget("direct", server.address().port(), server.process()));
    }

    /** Starts targets; the first is the upstream itself. */
    static LoadTargets start(Path directory, Collection<Proxy> proxies) throws IOException, InterruptedException {
        LoadTargets started = new LoadTargets(directory, UpstreamProcess.start());
        try {
            for (Proxy proxy : proxies) {
                started.targets.add(started.start(proxy));
            }
            for (LoadTarget target : started.targets) {
                started.awaitListening(target);
            }
            return started;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            started.close();
            throw failure;
        }
    }

    List<LoadTarget> all() {
        return targets;
    }

    /**
     * Starts another Paddock with room for the given number of concurrent calls, which is not in {@link #all}.
     *
     * @param options options of its JVM, separated by blanks
     */
    LoadTarget startSpacious(Proxy proxy, int calls, String options) throws IOException, InterruptedException {
        String name = proxy.label() + " with room";
        int port = freePort();
        ProcessBuilder builder = builder(proxy, port);
        builder.environment().merge("PADDOCK_JAVA_OPTS", options, (own, more) -> own + " " + more);
        builder.environment().put("OLLAMA_POOL_MAXSIZE", Integer.toString(Math.min(calls, LARGEST_POOL)));
        LoadTarget target = target(proxy, name, port, builder);
        awaitListening(target);
        return target;
    }

    /** Starts the upstream, and those of the proxies that can be started. The others are told by name, with the reason. */
    static LoadTargets startPossible(Path directory, Collection<Proxy> proxies, BiConsumer<String, String> skipped)
            throws IOException, InterruptedException {
        LoadTargets started = new LoadTargets(directory, UpstreamProcess.start());
        for (Proxy proxy : proxies) {
            try {
                LoadTarget target = started.start(proxy);
                started.awaitListening(target);
                List<Histogram> unused = FirstByteProbe.measure(List.of(target), GatewayLoad.START, 1);
                started.targets.add(target);
            } catch (IllegalStateException failure) {
                skipped.accept(proxy.label(), failure.getMessage());
            } catch (IOException failure) {
                skipped.accept(proxy.label(), failure.getMessage() + ": " + started.lastLines(proxy.label()));
            }
        }
        return started;
    }

    private LoadTarget start(Proxy proxy) throws IOException {
        int port = freePort();
        return target(proxy, proxy.label(), port, builder(proxy, port));
    }

    private LoadTarget target(Proxy proxy, String name, int port, ProcessBuilder builder) throws IOException {
        return new LoadTarget(name, port, run(name, builder).toHandle(), proxy.api(server.address().port()));
    }

    private String lastLines(String name) {
        List<String> lines = output(name).lines().toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private ProcessBuilder builder(Proxy proxy, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(proxy.command(directory, port, server.address().port()));
        builder.environment().putAll(proxy.environment());
        return builder;
    }

    private Process run(String name, ProcessBuilder builder) throws IOException {
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
        processes.add(process);
        return process;
    }

    private Path log(String name) {
        return directory.resolve(name + ".out");
    }

    private void awaitListening(LoadTarget target) throws IOException, InterruptedException {
        boolean listens = Polling.await(MAX_START, () -> listens(target.port()) || hasEnded(target));
        if (!listens || hasEnded(target)) {
            throw new IllegalStateException(target.name() + " did not start: " + lastLines(target.name()));
        }
    }

    private static boolean hasEnded(LoadTarget target) {
        return target.process() != null && !target.process().isAlive();
    }

    private String output(String name) {
        try {
            return Files.readString(log(name), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "no output";
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        server.close();
    }

    /**
     * Something that a client can ask: the server itself, or what stands before it.
     *
     * @param name how the tables call it
     * @param port where it listens on the loopback address
     * @param process what it runs as, or null when its cost is of no interest
     * @param api what it is asked for
     */
    record LoadTarget(String name, int port, @Nullable ProcessHandle process, ProxyApi api) {

        /** Creates a target that offers Ollama's API. */
        LoadTarget(String name, int port, @Nullable ProcessHandle process) {
            this(name, port, process, ProxyApi.OLLAMA);
        }

        /** Returns the bytes of a whole request. */
        byte[] request(GatewayLoad load) {
            StringBuilder head = new StringBuilder("POST " + api.path() + " HTTP/1.1\r\nHost: localhost\r\n");
            api.headers().forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Type: application/json\r\nContent-Length: ").append(load.body().length()).append("\r\n\r\n");
            return head.append(load.body()).toString().getBytes(StandardCharsets.US_ASCII);
        }

        /** Returns the processor time without that of the compilers of a JVM. */
        Duration relayingTime() {
            return processorTime().minus(compilerTime());
        }

        /** Returns the process and its children. */
        List<ProcessHandle> processes() {
            return process == null
                    ? List.of()
                    : Stream.concat(Stream.of(process), process.descendants()).toList();
        }

        /** Ends the processes. */
        void end() {
            processes().forEach(ProcessHandle::destroy);
        }

        /** Returns the time that the compilers of the process and its children have had a processor. */
        Duration compilerTime() {
            return total(JitCompilers::time);
        }

        /** Returns the time that the process and its children have had a processor, in steps of 10 ms; zero without a process. */
        Duration processorTime() {
            return total(one -> one.info().totalCpuDuration().orElse(Duration.ZERO));
        }

        private Duration total(Function<ProcessHandle, Duration> time) {
            return processes().stream().map(time).reduce(Duration.ZERO, Duration::plus);
        }
    }
}
