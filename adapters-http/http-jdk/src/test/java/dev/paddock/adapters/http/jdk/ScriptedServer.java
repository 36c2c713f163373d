package dev.paddock.adapters.http.jdk;

import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A server on the loopback interface that does to every connection what its script says, and counts connections. */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket listening;
    private final Consumer<Peer> script;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> scriptFailures = new ConcurrentLinkedQueue<>();

    ScriptedServer(Consumer<Peer> script) {
        this(plainSocket(), script);
    }

    ScriptedServer(ServerSocket listening, Consumer<Peer> script) {
        this.listening = listening;
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    private static ServerSocket plainSocket() {
        try {
            return new ServerSocket(0, 300, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A server that answers every request with the same bytes, on as many connections as come. */
    static ScriptedServer answering(String response) {
        return new ScriptedServer(peer -> {
            while (!peer.request().isEmpty()) {
                peer.send(response);
            }
        });
    }

    Endpoint endpoint() {
        return new Endpoint(false, "127.0.0.1", port());
    }

    int port() {
        return listening.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                accepted.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> run(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void run(Socket socket) {
        try (socket) {
            script.accept(new Peer(socket));
        } catch (IOException | UncheckedIOException ended) {
            // the client left, or the test is over
        } catch (RuntimeException | Error failure) {
            scriptFailures.add(failure);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        if (!scriptFailures.isEmpty()) {
            throw new AssertionError("the server's script failed", scriptFailures.peek());
        }
    }
}
