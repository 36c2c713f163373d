package dev.paddock.benchmarks.upstream;

import dev.paddock.benchmarks.upstream.EventLoop.Listener;
import dev.paddock.benchmarks.upstream.UpstreamCounts.ServerCounters;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A server with the lowest cost that a Java process can have: answers are bytes that were created at the start, and one thread
 * serves all connections. The answers have the form of Ollama's.
 *
 * <p>On a second port each answer has {@code Connection: close}, and the server closes. {@code GET /counts} returns the counts of
 * both ports.
 */
public final class Upstream implements AutoCloseable {

    private final EventLoop loop;
    private final Listener keeping;
    private final Listener closing;

    private Upstream(EventLoop loop, Listener keeping, Listener closing) {
        this.loop = loop;
        this.keeping = keeping;
        this.closing = closing;
    }

    /** Starts to listen at free ports of the loopback address, on a daemon thread. */
    public static Upstream start() throws IOException {
        EventLoop loop = new EventLoop();
        ServerCounters counts = new ServerCounters();
        Listener keeping = new Listener(new UpstreamResponses(counts, ResponseFraming.KEEPING), loop);
        Listener closing = new Listener(new UpstreamResponses(counts, ResponseFraming.CLOSING), loop);
        loop.listen(keeping);
        loop.listen(closing);
        loop.start();
        return new Upstream(loop, keeping, closing);
    }

    /** Returns the port on which connections stay open. */
    public int port() {
        return keeping.port();
    }

    /** Returns the port on which each answer is the last one of its connection. */
    public int closingPort() {
        return closing.port();
    }

    @Override
    public void close() throws IOException {
        loop.close();
        keeping.close();
        closing.close();
    }

    /** Listens until its standard input ends, so that it never outlives the process that started it. */
    public static void main(String... arguments) throws IOException {
        try (Upstream upstream = start()) {
            PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            output.println("port=" + upstream.port() + " closing-port=" + upstream.closingPort());
            awaitEnd();
        }
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // Only the end of the input matters.
        }
    }
}
