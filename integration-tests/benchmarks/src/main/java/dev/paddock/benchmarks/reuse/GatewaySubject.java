package dev.paddock.benchmarks.reuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.benchmarks.contender.SocketConnection;
import dev.paddock.benchmarks.upstream.UpstreamTexts;
import dev.paddock.wholesystem.GatewayProcess;
import dev.paddock.wholesystem.ProcessUsage;
import java.io.IOException;
import java.util.List;

/** The gateway in a process of its own, as its command starts it, and one connection to it. */
final class GatewaySubject implements CostSubject {

    private final GatewayProcess gateway;
    private final SocketConnection connection;

    GatewaySubject(int upstreamPort, boolean cache) throws IOException {
        gateway = GatewayProcess.start(ReuseClients.settings("http://127.0.0.1:" + upstreamPort, List.of("paddock.cache.enabled=" + cache)));
        connection = new SocketConnection(gateway.port());
    }

    @Override
    public void call(long question, boolean stream) throws IOException {
        connection.post("/api/chat", ReuseClients.json(question, stream).getBytes(UTF_8));
        int length = connection.readHead();
        boolean isComplete = stream ? lines() == UpstreamTexts.CHUNKS : document(length).contains(UpstreamTexts.ANSWER);
        if (!isComplete) {
            throw new IllegalStateException("an answer is not complete");
        }
    }

    @Override
    public ProcessUsage usage() throws IOException {
        return gateway.usage();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        gateway.close();
    }

    private String document(int length) throws IOException {
        connection.readBody(length);
        return new String(connection.bytes(), connection.start(), length, UTF_8);
    }

    private int lines() throws IOException {
        int count = 0;
        for (int length = connection.readChunk(); length > 0; length = connection.readChunk()) {
            for (int index = connection.start(); index < connection.start() + length; index++) {
                count += connection.bytes()[index] == '\n' ? 1 : 0;
            }
            connection.skipChunk(length);
        }
        return count;
    }
}
