package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.ports.exchange.ExchangePort;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A server that answers every request in one way, and keeps what it was asked. */
public final class ScriptedPort implements ExchangePort {

    public static final String BACKEND = "http://127.0.0.1:11434";

    private final List<ExchangeRequest> requests = new ArrayList<>();
    private final List<CallContext> contexts = new ArrayList<>();
    private final ExchangeHead head;
    private final List<Object> script = new ArrayList<>();
    private @Nullable LlmException refusal;
    private int closed;

    private ScriptedPort(ExchangeHead head) {
        this.head = head;
    }

    public static ScriptedPort answering(int status, Headers headers, Framing framing) {
        return new ScriptedPort(
                new ExchangeHead(status, headers, framing, Provenance.of(new BackendId(BACKEND), 2, true)));
    }

    public static ScriptedPort failing(LlmException failure) {
        ScriptedPort port = answering(200, Headers.EMPTY, Framing.DOCUMENT);
        port.refusal = failure;
        return port;
    }

    public ScriptedPort then(String... frames) {
        for (String frame : frames) {
            script.add(Frame.data(frame.getBytes(UTF_8)));
        }
        return this;
    }

    /** The frame by which the server says that this is all. */
    public ScriptedPort thenTerminal(String frame) {
        script.add(Frame.terminal(frame.getBytes(UTF_8)));
        return this;
    }

    public ScriptedPort thenFails(LlmException failure) {
        script.add(failure);
        return this;
    }

    public List<ExchangeRequest> requests() {
        return requests;
    }

    public List<CallContext> contexts() {
        return contexts;
    }

    public int closed() {
        return closed;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        requests.add(request);
        contexts.add(context);
        if (refusal != null) {
            throw refusal;
        }
        Queue<Object> rest = new ArrayDeque<>(script);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        return new Exchange() {
            @Override
            public ExchangeHead head() {
                return head;
            }

            @Override
            public AnswerVerdict verdict() {
                return new OllamaDialect().answers().classify(request, head, read.toByteArray());
            }

            @Override
            public @Nullable Frame next() {
                Object next = rest.poll();
                if (next instanceof LlmException failure) {
                    throw failure;
                }
                if (next instanceof Frame frame) {
                    read.writeBytes(frame.bytes());
                }
                return (Frame) next;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
