package dev.paddock.benchmarks.contender;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * LangChain4j's transport over HttpClient 5, written here: its own is not published with the rest. It does the least that
 * LangChain4j asks for, and streams on the thread of the caller.
 */
final class LangChain4jHttpClient5 implements HttpClient {

    private final CloseableHttpClient client = HttpClient5ContenderClient.client();

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            return client.execute(post(request), response -> SuccessfulHttpResponse.builder()
                    .statusCode(successful(response))
                    .headers(Map.of("Content-Type", List.of("application/json")))
                    .body(EntityUtils.toString(response.getEntity()))
                    .build());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            client.execute(post(request), response -> {
                listener.onOpen(SuccessfulHttpResponse.builder()
                        .statusCode(successful(response))
                        .headers(Map.of("Content-Type", List.of("application/x-ndjson")))
                        .build());
                parser.parse(response.getEntity().getContent(), listener);
                return listener;
            });
            listener.onClose();
        } catch (IOException failure) {
            listener.onError(failure);
        }
    }

    private static HttpPost post(HttpRequest request) {
        HttpPost post = new HttpPost(request.url());
        request.headers().forEach((name, values) -> values.forEach(value -> post.addHeader(name, value)));
        post.setEntity(new StringEntity(request.body(), ContentType.APPLICATION_JSON));
        return post;
    }

    private static int successful(ClassicHttpResponse response) throws IOException {
        if (response.getCode() / 100 != 2) {
            throw new UncheckedIOException(new IOException(
                    new HttpException(response.getCode(), String.valueOf(response.getReasonPhrase()))));
        }
        return response.getCode();
    }

    /** The builder that LangChain4j asks for. The timeouts are stored but not used. */
    static final class Builder implements HttpClientBuilder {

        private Duration connectTimeout = Duration.ofMinutes(1);
        private Duration readTimeout = Duration.ofMinutes(1);

        @Override
        public Duration connectTimeout() {
            return connectTimeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return readTimeout;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            readTimeout = timeout;
            return this;
        }

        @Override
        public HttpClient build() {
            return new LangChain4jHttpClient5();
        }
    }
}
