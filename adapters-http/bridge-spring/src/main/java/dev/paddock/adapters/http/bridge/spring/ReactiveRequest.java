package dev.paddock.adapters.http.bridge.spring;

import dev.paddock.adapters.http.bridge.ForeignRequest;
import dev.paddock.domain.exchange.RequestBody;
import java.net.URI;
import java.util.Collection;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One request of a reactive client, whose body is collected. Its callbacks come one after the other. */
final class ReactiveRequest extends AbstractClientHttpRequest {

    private final HttpMethod method;
    private final URI uri;
    private volatile RequestBody body = RequestBody.NONE;

    ReactiveRequest(HttpMethod method, URI uri) {
        this.method = method;
        this.uri = uri;
    }

    /** Returns the request, once it is complete. */
    ForeignRequest foreign() {
        return new ForeignRequest(method.name(), uri, SpringHeaders.toPaddock(getHeaders()), body);
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public DataBufferFactory bufferFactory() {
        return DefaultDataBufferFactory.sharedInstance;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Spring declares it so, and the caller knows the type
    public <T> T getNativeRequest() {
        return (T) this;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> pieces) {
        return doCommit(() -> DataBufferUtils.join(pieces).doOnNext(this::collect).then());
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> groups) {
        return writeWith(Flux.from(groups).concatMap(group -> group));
    }

    @Override
    public Mono<Void> setComplete() {
        return doCommit();
    }

    private void collect(DataBuffer whole) {
        byte[] bytes = new byte[whole.readableByteCount()];
        whole.read(bytes);
        DataBufferUtils.release(whole);
        body = RequestBody.of(bytes);
    }

    @Override
    protected void applyHeaders() {
        // They are read when the request is sent.
    }

    @Override
    protected void applyCookies() {
        if (!getCookies().isEmpty()) {
            getHeaders().set(HttpHeaders.COOKIE, getCookies().values().stream()
                    .flatMap(Collection::stream)
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; ")));
        }
    }
}
