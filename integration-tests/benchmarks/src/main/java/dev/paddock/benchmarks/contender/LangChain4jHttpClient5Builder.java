package dev.paddock.benchmarks.contender;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/** Hands LangChain4j its transport over HttpClient 5, which keeps that library's own limits on time. */
final class LangChain4jHttpClient5Builder implements HttpClientBuilder {

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
