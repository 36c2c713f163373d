package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The lower limit of the cost: a queue of idle sockets, and no HTTP library. */
final class SocketContenderClient implements ContenderClient {

    private final int port;
    private final Bodies bodies;
    private final Queue<SocketConnection> idle = new ConcurrentLinkedQueue<>();

    SocketContenderClient(int port, Bodies bodies) {
        this.port = port;
        this.bodies = bodies;
    }

    @Override
    public ChatResult chat() throws IOException {
        SocketConnection connection = ask(BenchmarkRequests.CHAT_PATH, bodies.chatRequest(BenchmarkRequests.MODEL, false));
        int length = connection.readHead();
        connection.readBody(length);
        ChatResult answer = bodies.chatAnswer(connection.bytes(), connection.start(), length);
        release(connection);
        return answer;
    }

    @Override
    public StreamResult stream(String model) throws IOException {
        SocketConnection connection = ask(BenchmarkRequests.CHAT_PATH, bodies.chatRequest(model, true));
        connection.readHead();
        StreamCollector collector = new StreamCollector();
        for (int length = connection.readChunk(); length > 0; length = connection.readChunk()) {
            collector.add(bodies.piece(connection.bytes(), connection.start(), length));
            connection.skipChunk(length);
        }
        release(connection);
        return collector.answer();
    }

    @Override
    public EmbedResult embed() throws IOException {
        SocketConnection connection = ask(BenchmarkRequests.EMBED_PATH, bodies.embedRequest());
        connection.readHead();
        int length = connection.readChunk();
        EmbedResult answer = bodies.embedAnswer(connection.bytes(), connection.start(), length);
        connection.skipChunk(length);
        connection.readChunk();
        release(connection);
        return answer;
    }

    @Override
    public void close() throws IOException {
        for (SocketConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }

    private SocketConnection ask(String path, byte[] body) throws IOException {
        SocketConnection reused = idle.poll();
        SocketConnection connection = reused == null ? new SocketConnection(port) : reused;
        connection.post(path, body);
        return connection;
    }

    private void release(SocketConnection connection) throws IOException {
        if (connection.closing()) {
            connection.close();
        } else {
            idle.add(connection);
        }
    }
}
