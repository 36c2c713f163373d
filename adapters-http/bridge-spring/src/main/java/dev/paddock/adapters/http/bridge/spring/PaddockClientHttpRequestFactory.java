package dev.paddock.adapters.http.bridge.spring;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.bridge.ForeignCalls;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.ports.exchange.ExchangePort;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Gives {@code RestClient} and {@code RestTemplate} the connections of an exchange port, with its retries, circuits and measurements.
 *
 * <pre>{@code
 * RestClient.builder().requestFactory(
 *         new PaddockClientHttpRequestFactory(paddock.exchange(), paddock.settings().server().baseUrl()));
 * }</pre>
 *
 * <p>A request is held in memory, so that it can be sent again; an answer is read as it comes. Closing a response before its end stops the
 * model. Thread-safe.
 */
public final class PaddockClientHttpRequestFactory implements ClientHttpRequestFactory {

    private final ForeignCalls calls;

    /**
     * Creates the factory.
     *
     * @param port sends the requests
     * @param baseUrl the server of the requests, without the path of its API; requests to another one fail
     */
    public PaddockClientHttpRequestFactory(ExchangePort port, BaseUrl baseUrl) {
        this.calls = new ForeignCalls(requireNonNull(port, "port"), requireNonNull(baseUrl, "baseUrl"));
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) {
        return new BlockingRequest(calls, uri, httpMethod);
    }
}
