package dev.paddock.adapters.http.bridge.spring;

import dev.paddock.adapters.http.bridge.CallFailedException;
import dev.paddock.adapters.http.bridge.ForeignCalls;
import dev.paddock.adapters.http.bridge.ForeignRequest;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/** One request of a blocking client. Used by one thread. */
final class BlockingRequest extends AbstractClientHttpRequest {

    private final ForeignCalls calls;
    private final URI uri;
    private final HttpMethod method;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    BlockingRequest(ForeignCalls calls, URI uri, HttpMethod method) {
        this.calls = calls;
        this.uri = uri;
        this.method = method;
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
    protected OutputStream getBodyInternal(HttpHeaders headers) {
        return body;
    }

    @Override
    protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
        ForeignRequest request = new ForeignRequest(method.name(), uri, SpringHeaders.toPaddock(headers), RequestBody.of(body.toByteArray()));
        try {
            return new BlockingResponse(calls.send(request, CallContext.create()));
        } catch (LlmException failure) {
            throw CallFailedException.of(failure);
        }
    }
}
