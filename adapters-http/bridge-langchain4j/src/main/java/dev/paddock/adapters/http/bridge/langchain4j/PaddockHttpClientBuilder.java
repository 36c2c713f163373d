package dev.paddock.adapters.http.bridge.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.paddock.adapters.http.bridge.ForeignCalls;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.ports.exchange.ExchangePort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives LangChain4j's modules for model servers a client over an exchange port: with its pool, retries, circuits and measurements.
 *
 * <pre>{@code
 * OllamaChatModel.builder()
 *         .httpClientBuilder(new PaddockHttpClientBuilder(paddock.exchange(), paddock.settings().server().baseUrl()))
 *         .baseUrl("http://gpu:11434")
 *         .modelName("llama3.2")
 *         .maxRetries(0) // the port retries, within its budget
 *         .build();
 * }</pre>
 *
 * <p>The read timeout is the limit of the time until the head and the first frame of an answer. The connect timeout is not used: connections
 * are shared, and the settings of the port decide it. Not thread-safe; the clients that it builds are.
 */
public final class PaddockHttpClientBuilder implements HttpClientBuilder {

    private final ForeignCalls calls;
    private @Nullable Duration connectTimeout;
    private @Nullable Duration readTimeout;

    /**
     * Creates a builder.
     *
     * @param port sends the requests
     * @param baseUrl the server that the models are given, without the path of its API; requests to another one are refused
     */
    public PaddockHttpClientBuilder(ExchangePort port, BaseUrl baseUrl) {
        this.calls = new ForeignCalls(requireNonNull(port, "port"), requireNonNull(baseUrl, "baseUrl"));
    }

    @Override
    public @Nullable Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public PaddockHttpClientBuilder connectTimeout(@Nullable Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    @Override
    public @Nullable Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public PaddockHttpClientBuilder readTimeout(@Nullable Duration timeout) {
        readTimeout = timeout;
        return this;
    }

    @Override
    public HttpClient build() {
        return new PaddockHttpClient(calls, readTimeout);
    }
}
