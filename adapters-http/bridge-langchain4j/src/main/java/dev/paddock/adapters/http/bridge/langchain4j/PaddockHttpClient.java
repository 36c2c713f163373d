package dev.paddock.adapters.http.bridge.langchain4j;

import static dev.langchain4j.http.client.sse.ServerSentEventListenerUtils.ignoringExceptions;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.paddock.adapters.http.bridge.ForeignCalls;
import dev.paddock.adapters.http.bridge.ForeignRequest;
import dev.paddock.adapters.http.bridge.ForeignResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.PhaseTimeouts;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LangChain4j's HTTP client over an exchange port. A stream is read in a virtual thread of its own. Thread-safe. */
final class PaddockHttpClient implements HttpClient {

    private final ForeignCalls calls;
    private final @Nullable Duration readTimeout;

    PaddockHttpClient(ForeignCalls calls, @Nullable Duration readTimeout) {
        this.calls = calls;
        this.readTimeout = readTimeout;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (ForeignResponse response = send(request)) {
            byte[] body = response.body().readAllBytes();
            requireSuccess(response, body);
            return head(response).body(body).build();
        } catch (LlmException failure) {
            throw LangChain4jFailures.of(failure);
        } catch (IOException failure) {
            throw LangChain4jFailures.of(failure);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        Thread.ofVirtual().name("paddock-langchain4j-stream").start(() -> stream(request, parser, listener));
    }

    /** Reads a stream, whatever the listener throws, as LangChain4j's own clients do. Cancelling closes the body, which the parser does in any thread. */
    private void stream(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (ForeignResponse response = send(request)) {
            if (!response.isSuccess()) {
                requireSuccess(response, response.body().readAllBytes());
            }
            ignoringExceptions(() -> listener.onOpen(head(response).build()));
            parser.parse(response.body(), listener);
            ignoringExceptions(listener::onClose);
        } catch (LlmException failure) {
            ignoringExceptions(() -> listener.onError(LangChain4jFailures.of(failure)));
        } catch (IOException failure) {
            ignoringExceptions(() -> listener.onError(LangChain4jFailures.of(failure)));
        } catch (RuntimeException failure) {
            ignoringExceptions(() -> listener.onError(failure));
        }
    }

    private ForeignResponse send(HttpRequest request) {
        CallContext context = CallContext.create();
        if (readTimeout != null) {
            context = context.with(CallAttributes.PHASE_TIMEOUTS, PhaseTimeouts.UNCHANGED.withResponseHead(readTimeout));
        }
        return calls.send(foreign(request), context);
    }

    private static ForeignRequest foreign(HttpRequest request) {
        List<Header> fields = new ArrayList<>();
        request.headers().forEach((name, values) -> values.forEach(value -> fields.add(new Header(name, value))));
        Headers headers = new Headers(fields);
        URI url = URI.create(request.url());
        if (request.formDataFields().isEmpty() && request.formDataFiles().isEmpty()) {
            RequestBody body = request.body() == null ? RequestBody.NONE : RequestBody.of(request.body().getBytes(UTF_8));
            return new ForeignRequest(request.method().name(), url, headers, body);
        }
        MultipartForm form = MultipartForm.of(request.formDataFields(), request.formDataFiles());
        return new ForeignRequest(
                request.method().name(), url, headers.without("Content-Type").with("Content-Type", form.contentType()), form.body());
    }

    private static void requireSuccess(ForeignResponse response, byte[] body) {
        if (!response.isSuccess()) {
            throw new HttpException(response.status(), new String(body, UTF_8));
        }
    }

    private static SuccessfulHttpResponse.Builder head(ForeignResponse response) {
        return SuccessfulHttpResponse.builder().statusCode(response.status()).headers(response.headersByName());
    }
}
