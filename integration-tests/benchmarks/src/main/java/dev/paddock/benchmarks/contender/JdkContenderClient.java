package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import dev.paddock.benchmarks.contender.StreamCollector.NdjsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;

/** The HTTP client of the JDK, without an attempt at HTTP/2, and Jackson. */
final class JdkContenderClient implements ContenderClient {

    private final URI chat;
    private final URI embed;
    private final Bodies bodies = new JacksonBodies();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    JdkContenderClient(String base) {
        chat = URI.create(base + BenchmarkRequests.CHAT_PATH);
        embed = URI.create(base + BenchmarkRequests.EMBED_PATH);
    }

    @Override
    public ChatResult chat() throws IOException {
        byte[] body = post(chat, bodies.chatRequest(BenchmarkRequests.MODEL, false), BodyHandlers.ofByteArray());
        return bodies.chatAnswer(body, 0, body.length);
    }

    @Override
    public StreamResult stream(String model) throws IOException {
        try (InputStream input = post(chat, bodies.chatRequest(model, true), BodyHandlers.ofInputStream())) {
            return NdjsonReader.read(input, bodies);
        }
    }

    @Override
    public EmbedResult embed() throws IOException {
        byte[] body = post(embed, bodies.embedRequest(), BodyHandlers.ofByteArray());
        return bodies.embedAnswer(body, 0, body.length);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private <T> T post(URI uri, byte[] body, BodyHandler<T> handler) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<T> response = client.send(request, handler);
            return response.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
        }
    }
}
