package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import dev.paddock.benchmarks.contender.StreamCollector.NdjsonReader;
import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5 with its defaults except for the size of the pool, and Jackson. */
final class HttpClient5ContenderClient implements ContenderClient {

    /** Its own default is 5 connections, which 32 callers would wait for. */
    static final int CONNECTIONS = 64;

    private final String base;
    private final Bodies bodies = new JacksonBodies();
    private final CloseableHttpClient client = client();

    HttpClient5ContenderClient(String base) {
        this.base = base;
    }

    static CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS)
                        .build())
                .build();
    }

    @Override
    public ChatResult chat() throws IOException {
        return post(BenchmarkRequests.CHAT_PATH, bodies.chatRequest(BenchmarkRequests.MODEL, false), response -> {
            byte[] body = EntityUtils.toByteArray(response.getEntity());
            return bodies.chatAnswer(body, 0, body.length);
        });
    }

    @Override
    public StreamResult stream(String model) throws IOException {
        return post(BenchmarkRequests.CHAT_PATH, bodies.chatRequest(model, true),
                response -> NdjsonReader.read(response.getEntity().getContent(), bodies));
    }

    @Override
    public EmbedResult embed() throws IOException {
        return post(BenchmarkRequests.EMBED_PATH, bodies.embedRequest(), response -> {
            byte[] body = EntityUtils.toByteArray(response.getEntity());
            return bodies.embedAnswer(body, 0, body.length);
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    private <T> T post(String path, byte[] body, HttpClientResponseHandler<T> handler) throws IOException {
        HttpPost request = new HttpPost(base + path);
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return client.execute(request, handler);
    }
}
