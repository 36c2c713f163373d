package dev.paddock.adapters.http.bridge.spring;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.bridge.CallFailedException;
import dev.paddock.adapters.http.bridge.ForeignCalls;
import dev.paddock.adapters.http.bridge.ForeignRequest;
import dev.paddock.adapters.http.bridge.ForeignResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.ports.exchange.ExchangePort;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Gives {@code WebClient} the connections of an exchange port, with its retries, circuits and measurements.
 *
 * <pre>{@code
 * WebClient.builder().clientConnector(
 *         new PaddockClientHttpConnector(paddock.exchange(), paddock.settings().server().baseUrl()));
 * }</pre>
 *
 * <p>Each call and each answer waits in a virtual thread of its own, so that no event loop blocks. The next piece of an answer is read when
 * the subscriber asks for it. Cancelling a subscription stops the model at once, in every phase. Thread-safe.
 */
public final class PaddockClientHttpConnector implements ClientHttpConnector {

    private static final Executor THREADS = task -> Thread.ofVirtual().name("paddock-web-client").start(task);

    private final Scheduler scheduler = Schedulers.fromExecutor(THREADS);
    private final ForeignCalls calls;

    /**
     * Creates the connector.
     *
     * @param port sends the requests
     * @param baseUrl the server of the requests, without the path of its API; requests to another one fail
     */
    public PaddockClientHttpConnector(ExchangePort port, BaseUrl baseUrl) {
        this.calls = new ForeignCalls(requireNonNull(port, "port"), requireNonNull(baseUrl, "baseUrl"));
    }

    @Override
    public Mono<ClientHttpResponse> connect(
            HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
        ReactiveRequest request = new ReactiveRequest(method, uri);
        return requestCallback.apply(request).then(Mono.defer(() -> send(request)));
    }

    private Mono<ClientHttpResponse> send(ReactiveRequest request) {
        ForeignRequest foreign = request.foreign();
        return Mono.create(subscriber -> {
            Cancellation cancellation = Cancellation.create();
            subscriber.onCancel(cancellation::cancel);
            THREADS.execute(() -> open(foreign, cancellation, subscriber));
        });
    }

    private void open(ForeignRequest request, Cancellation cancellation, MonoSink<ClientHttpResponse> subscriber) {
        try {
            ForeignResponse response = calls.send(request, CallContext.create().withCancellation(cancellation));
            cancellation.onCancel(response::close); // a subscriber that has left does not get it
            subscriber.success(new ReactiveResponse(response, scheduler));
        } catch (LlmException failure) {
            if (!cancellation.isCancelled()) { // else the subscriber has left, and hears of nothing more
                subscriber.error(CallFailedException.of(failure));
            }
        } catch (RuntimeException failure) {
            subscriber.error(failure);
        }
    }
}
