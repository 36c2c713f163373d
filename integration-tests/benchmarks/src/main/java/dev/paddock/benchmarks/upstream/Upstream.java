package dev.paddock.benchmarks.upstream;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that costs as little as a Java process can make it cost: answers are bytes that were made at the start, and one
 * thread serves all connections. Shapes of answers are those of Ollama's server.
 *
 * <p>On a second port it says {@code Connection: close} with every answer and closes. {@code GET /counts} tells what
 * either port has seen.
 */
public final class Upstream implements AutoCloseable {

    private final List<EventLoop> loops;
    private final Listener keeping;
    private final Listener closing;

    private Upstream(List<EventLoop> loops, Listener keeping, Listener closing) {
        this.loops = loops;
        this.keeping = keeping;
        this.closing = closing;
    }

    /** Starts to listen on the loopback address, on threads of its own that keep no JVM alive. */
    public static Upstream start(UpstreamOptions options) throws IOException {
        List<EventLoop> loops = new ArrayList<>();
        for (int index = 0; index < options.threads(); index++) {
            loops.add(new EventLoop());
        }
        ServerCounters counts = new ServerCounters();
        Listener keeping = new Listener(options.port(), new UpstreamResponses(counts, ResponseFraming.KEEPING), loops);
        Listener closing = new Listener(0, new UpstreamResponses(counts, ResponseFraming.CLOSING), loops);
        loops.getFirst().listen(keeping);
        loops.getFirst().listen(closing);
        loops.forEach(EventLoop::start);
        return new Upstream(loops, keeping, closing);
    }

    /** Where connections are kept open. */
    public int port() {
        return keeping.port();
    }

    /** Where every answer is the last one of its connection. */
    public int closingPort() {
        return closing.port();
    }

    @Override
    public void close() throws IOException {
        for (EventLoop loop : loops) {
            loop.close();
        }
        keeping.close();
        closing.close();
    }

    /** Listens until its standard input ends, so that it never outlives who started it. */
    public static void main(String... arguments) throws IOException {
        try (Upstream upstream = start(UpstreamOptions.parse(arguments))) {
            PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            output.println("port=" + upstream.port() + " closing-port=" + upstream.closingPort());
            awaitEnd();
        }
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            // What is typed means nothing; only the end does.
        }
    }
}
