package dev.paddock.adapters.http.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A port that gives one scripted answer to everything it is asked. */
final class ScriptedServer implements ExchangePort {

    static final BackendId BACKEND = new BackendId("http://127.0.0.1:11434");

    private final List<ExchangeRequest> requests = new ArrayList<>();
    private final List<byte[]> frames;
    private int status = 200;
    private Headers headers = Headers.EMPTY;
    private Framing framing;
    private @Nullable LlmException ending;
    private @Nullable ScriptedExchange exchange;

    private ScriptedServer(Framing framing, String... frames) {
        this.framing = framing;
        this.frames = Arrays.stream(frames).map(frame -> frame.getBytes(UTF_8)).toList();
    }

    static ScriptedServer lines(String... frames) {
        return new ScriptedServer(Framing.LINES, frames);
    }

    static ScriptedServer events(String... frames) {
        return new ScriptedServer(Framing.EVENTS, frames);
    }

    static ScriptedServer document(String... parts) {
        return new ScriptedServer(Framing.DOCUMENT, parts);
    }

    ScriptedServer withStatus(int newStatus) {
        status = newStatus;
        return this;
    }

    ScriptedServer withHeader(String name, String value) {
        headers = headers.with(name, value);
        return this;
    }

    ScriptedServer endingIn(LlmException newEnding) {
        ending = newEnding;
        return this;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        requests.add(request);
        ExchangeHead head = new ExchangeHead(status, headers, framing, Provenance.of(BACKEND, 2, true));
        exchange = new ScriptedExchange(request, head, frames, ending);
        return exchange;
    }

    ScriptedExchange exchange() {
        return exchange;
    }

    ExchangeRequest request() {
        return requests.getFirst();
    }

    int requestCount() {
        return requests.size();
    }
}
