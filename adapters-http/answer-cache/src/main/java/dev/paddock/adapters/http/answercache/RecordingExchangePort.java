package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.answercache.embedding.EmbeddingExchangePort;
import dev.paddock.adapters.http.wire.reuse.AnswerForms;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.reuse.RecordedAnswer;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.ports.exchange.ExchangePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the answers that the cache wants and does not have meanwhile, once for each request that reaches the server. Only complete
 * answers with status 200 are stored, and only if no model was changed and no answer removed since the request was sent. Most answers are never
 * used again; so whether one is complete by what it says is examined at its first use, unless others see it before. Thread-safe.
 */
final class RecordingExchangePort implements ExchangePort {

    private static final int OK = 200;

    private final ExchangePort delegate;
    private final AnswerCache cache;
    private volatile Headers lastHeaders = Headers.EMPTY; // most answers have the same, which are stored once

    RecordingExchangePort(ExchangePort delegate, AnswerCache cache) {
        this.delegate = delegate;
        this.cache = cache;
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        Recording recording = Recording.of(request, context);
        if (recording == null) {
            return delegate.open(request, context);
        }
        Exchange stored = storedMeanwhile(recording, context);
        if (stored != null) {
            return stored;
        }
        Start start = start(recording);
        return start.recorded(delegate.open(request, context));
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        Recording recording = Recording.of(request, context);
        if (recording == null) {
            delegate.begin(request, context, end);
        } else if (!cache.isInMemory()) {
            ExchangePort.super.begin(request, context, end); // the store may have to be waited for
        } else {
            Settled.begin(end, () -> begin(recording, request, context, end));
        }
    }

    private void begin(
            Recording recording, ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        Exchange stored = storedMeanwhile(recording, context);
        if (stored != null) {
            end.accept(Settled.by(() -> stored));
            return;
        }
        Start start = start(recording);
        delegate.begin(request, context, opened -> end.accept(Settled.by(() -> start.recorded(opened.get()))));
    }

    /** Between the look-up of this call and here, a shared call that it could not join any more may have ended. */
    private @Nullable Exchange storedMeanwhile(Recording recording, CallContext context) {
        return Recording.allowsOthers(context) ? cache.storedHereMeanwhile(recording, context) : null;
    }

    private Start start(Recording recording) {
        return new Start(recording, cache.generation(), cache.ticker().nanos());
    }

    private void store(Start start, Exchange ended, List<Frame> frames) {
        Recording recording = start.recording;
        ExchangeHead head = ended.head();
        RecordedAnswer answer = new RecordedAnswer(contentHeaders(head.headers()), head.framing(), trimmed(head, frames));
        if (!cache.versions().isCurrent(recording.version()) || ended.verdict() != AnswerVerdict.OK) {
            return;
        }
        StoredAnswer received = new StoredAnswer(
                recording.key(),
                recording.kind(),
                recording.shape(),
                answer,
                head.provenance().backend(),
                cache.clock().instant(),
                Duration.ofNanos(cache.ticker().nanos() - start.nanos),
                TokenUsage.UNKNOWN);
        String target = recording.request().target();
        if (recording.examinedAtUse()
                && recording.kind() != ReuseKind.EMBEDDING
                && answer.length() <= RecordingExchange.LONGEST_EXAMINED_AT_USE
                && cache.storeUnexamined(
                        received, stored -> examined(stored, AnswerForms.usageIfComplete(target, stored.answer())), start.generation)) {
            return;
        }
        StoredAnswer stored = examined(received, AnswerForms.usageIfComplete(recording.request(), answer));
        if (stored != null) {
            cache.store(stored, start.generation);
            recording.listener().accept(stored);
        }
    }

    private static @Nullable StoredAnswer examined(StoredAnswer received, @Nullable TokenUsage usage) {
        return usage == null ? null : received.withUsage(usage);
    }

    /** Returns the fields about the content. All others are about one response: its time, its connection, the limits of its caller. */
    private Headers contentHeaders(Headers headers) {
        List<Header> kept = new ArrayList<>(1);
        for (Header field : headers.fields()) {
            if (field.isNamed("Content-Type") || field.isNamed(EmbeddingExchangePort.USAGE)) {
                kept.add(field);
            }
        }
        Headers before = lastHeaders;
        if (!before.fields().equals(kept)) {
            before = new Headers(kept);
            lastHeaders = before;
        }
        return before;
    }

    /** Returns the parts of a document in one array, which needs less memory than many. */
    private static List<Frame> trimmed(ExchangeHead head, List<Frame> frames) {
        if (head.framing() != Framing.DOCUMENT || frames.size() < 2) {
            return frames;
        }
        return List.of(Frame.data(new RecordedAnswer(Headers.EMPTY, Framing.DOCUMENT, frames).body()));
    }

    /** The state of the cache when a request is sent. */
    private final class Start {

        private final Recording recording;
        private final long generation;
        private final long nanos;

        Start(Recording recording, long generation, long nanos) {
            this.recording = recording;
            this.generation = generation;
            this.nanos = nanos;
        }

        /** Returns the answer, which is recorded if it may be stored. */
        Exchange recorded(Exchange exchange) {
            if (exchange.head().status() != OK || exchange.head().headers().hasElement("Cache-Control", "no-store")) {
                return exchange;
            }
            return new RecordingExchange(exchange, recording.key(), cache.settings().maxEntryBytes(), this::ended);
        }

        private void ended(Exchange exchange, List<Frame> frames) {
            if (cache.generation() == generation) {
                store(this, exchange, frames);
            }
        }
    }
}
