package dev.paddock.benchmarks.gateway;

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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The server and everything before it, each a process of its own that ends with this one. */
final class LoadTargets implements AutoCloseable {

    private static final long START_NANOS = Duration.ofMinutes(2).toNanos(); // the first start builds Paddock

    private final Path directory;
    private final UpstreamProcess server;
    private final List<Process> processes = new ArrayList<>();
    private final List<LoadTarget> fronts = new ArrayList<>();

    private LoadTargets(Path directory, UpstreamProcess server) {
        this.directory = directory;
        this.server = server;
        fronts.add(new LoadTarget("direct", server.address().port(), server.process()));
    }

    /** Starts all of them; the first is the server itself. */
    static LoadTargets start(Path directory) throws IOException {
        LoadTargets started = new LoadTargets(directory, UpstreamProcess.start());
        try {
            for (Proxy proxy : Proxy.values()) {
                int port = freePort();
                Process process = started.run(proxy.label(), new ProcessBuilder(started.command(proxy, port)));
                started.fronts.add(new LoadTarget(proxy.label(), port, process.toHandle()));
            }
            started.fronts.forEach(started::awaitListening);
            return started;
        } catch (IOException | RuntimeException failure) {
            started.close();
            throw failure;
        }
    }

    List<LoadTarget> all() {
        return fronts;
    }

    /** Starts Paddock once more, with room for so many calls at once; it is none of {@link #all}. */
    LoadTarget startSpacious(int calls) throws IOException {
        String name = "Paddock-spacious";
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command(Proxy.PADDOCK, port));
        builder.environment().put("OLLAMA_POOL_MAXSIZE", Integer.toString(calls));
        LoadTarget front = new LoadTarget(name, port, run(name, builder).toHandle());
        awaitListening(front);
        return front;
    }

    private List<String> command(Proxy proxy, int port) throws IOException {
        return proxy.command(directory, port, server.address().port());
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

    private void awaitListening(LoadTarget front) {
        long deadline = System.nanoTime() + START_NANOS;
        while (!listens(front.port())) {
            boolean ended = front.process() != null && !front.process().isAlive();
            if (ended || System.nanoTime() > deadline) {
                throw new IllegalStateException(front.name() + " did not start: " + said(front.name()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private String said(String name) {
        try {
            return Files.readString(log(name), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "it said nothing";
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
}
