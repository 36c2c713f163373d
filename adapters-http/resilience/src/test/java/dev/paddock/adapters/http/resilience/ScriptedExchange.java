package dev.paddock.adapters.http.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An answer with given frames, at whose end it is complete or fails. It keeps the contract of an exchange. */
final class ScriptedExchange implements Exchange {

    private static final Object COMPLETE = new Object();

    private final ExchangeHead head;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final @Nullable LlmException failure;
    private final AtomicReference<@Nullable Object> outcome = new AtomicReference<>();

    private ScriptedExchange(int status, Headers headers, Framing framing, @Nullable LlmException failure) {
        this.head = new ExchangeHead(
                status, headers, framing, Provenance.of(BackendId.of(ScriptedBackend.URL), 1, false));
        this.failure = failure;
    }

    static ScriptedExchange stream(String... lines) {
        return brokenStream(null, lines);
    }

    static ScriptedExchange brokenStream(@Nullable LlmException failure, String... lines) {
        return new ScriptedExchange(200, Headers.EMPTY, Framing.LINES, failure).with(lines);
    }

    static ScriptedExchange document(int status, Headers headers, String... parts) {
        return new ScriptedExchange(status, headers, Framing.DOCUMENT, null).with(parts);
    }

    static ScriptedExchange brokenDocument(int status, LlmException failure, String... parts) {
        return new ScriptedExchange(status, Headers.EMPTY, Framing.DOCUMENT, failure).with(parts);
    }

    private ScriptedExchange with(String... texts) {
        for (String text : texts) {
            frames.add(Frame.data(text.getBytes(UTF_8)));
        }
        return this;
    }

    @Override
    public ExchangeHead head() {
        return head;
    }

    @Override
    public @Nullable Frame next() {
        Object reached = outcome.get();
        if (reached == null && !frames.isEmpty()) {
            return frames.poll();
        }
        end(failure == null ? COMPLETE : failure);
        if (outcome.get() instanceof LlmException thrown) {
            throw thrown;
        }
        return null;
    }

    @Override
    public void close() {
        end(new CallCancelledException("closed", ErrorFacts.NONE.withAttempts(1)));
    }

    private void end(Object reached) {
        outcome.compareAndSet(null, reached);
    }

    boolean isComplete() {
        return outcome.get() == COMPLETE;
    }

    boolean isCancelled() {
        return outcome.get() instanceof CallCancelledException;
    }

    boolean isOver() {
        return outcome.get() != null;
    }
}
