package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.model.ResponseStream;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an answer as they arrive. The last one is returned when the exchange is complete, so a caller that
 * stops there does not cancel an answer that has succeeded.
 */
final class ExchangeStream<T> implements ResponseStream<T> {

    private final Exchange exchange;
    private final ChunkDecoder<T> decoder;
    private final ChunkView<T> view;
    private final StringBuilder textReceived = new StringBuilder(); // confined to the pulling thread
    private @Nullable Frame first; // read by the caller and not decoded yet, confined likewise
    private @Nullable T ahead; // the chunk that next() returns, confined likewise
    private @Nullable LlmException failure; // confined likewise
    private boolean ended; // whether the exchange is complete, confined likewise
    private boolean lastSeen; // whether a chunk completed the answer, confined likewise
    private volatile boolean closed;

    ExchangeStream(Exchange exchange, ChunkDecoder<T> decoder, ChunkView<T> view) {
        this(exchange, null, decoder, view);
    }

    /** Creates the chunks of an answer whose first frame has been read; null when the exchange has none. */
    ExchangeStream(Exchange exchange, @Nullable Frame first, ChunkDecoder<T> decoder, ChunkView<T> view) {
        this.exchange = exchange;
        this.first = first;
        this.decoder = decoder;
        this.view = view;
    }

    @Override
    public boolean hasNext() {
        if (failure != null && ahead == null) {
            throw failure;
        }
        if (closed && (ahead != null || !ended)) {
            throw new CallCancelledException("the stream was closed", facts(ErrorFacts.NONE));
        }
        while (ahead == null && !ended) {
            ahead = pull();
        }
        return ahead != null;
    }

    @Override
    public T next() {
        T chunk = hasNext() ? ahead : null;
        if (chunk == null) {
            throw new NoSuchElementException("the answer has no more chunks");
        }
        ahead = null;
        return chunk;
    }

    @Override
    public void close() {
        closed = true;
        exchange.close();
    }

    private @Nullable T pull() {
        try {
            T chunk = exchange.head().framing() == Framing.DOCUMENT ? whole() : chunk();
            if (ended && !lastSeen) {
                throw new TruncatedResponseException("the answer ended before it was complete", ErrorFacts.NONE);
            }
            return chunk;
        } catch (LlmException reason) {
            T piece = pieceIn(reason);
            if (piece != null) {
                textReceived.append(view.text().apply(piece));
            }
            failure = reason.withFacts(facts(reason.facts()));
            exchange.reject(failure);
            if (piece != null && !view.last().test(piece)) {
                return piece;
            }
            throw failure;
        } catch (RuntimeException | Error defect) {
            exchange.close();
            throw defect;
        }
    }

    /** Returns the piece of the answer that a frame has beside its failure, such as the finish reason {@code error}; null without one. */
    private @Nullable T pieceIn(LlmException reason) {
        GenerationFailedException.Report report = reason instanceof GenerationFailedException reported ? reported.report() : null;
        Frame frame = report == null ? null : report.frame();
        try {
            return frame == null ? null : decoder.decode(frame);
        } catch (LlmException noPiece) {
            return null;
        }
    }

    private T whole() {
        T only = decoder.decodeWhole(Bodies.read(exchange, Bodies.USUAL_LIMIT));
        ended = true;
        note(only);
        exchange.close();
        return only;
    }

    private @Nullable T chunk() {
        Frame frame = first == null ? exchange.next() : first;
        first = null;
        if (frame == null) {
            ended = true;
            return lastSeen ? null : last();
        }
        if (!frame.hasContent()) {
            return null;
        }
        T chunk = decoder.decode(frame);
        if (chunk != null) {
            note(chunk);
        }
        if (frame.isTerminal()) {
            end();
        }
        return chunk;
    }

    private @Nullable T last() {
        T chunk = decoder.end();
        if (chunk != null) {
            note(chunk);
        }
        return chunk;
    }

    /** Completes the exchange; what a server sends after the terminal frame is no part of the answer. */
    private void end() {
        if (exchange.next() != null) {
            exchange.close();
        }
        ended = true;
    }

    private void note(T chunk) {
        textReceived.append(view.text().apply(chunk));
        lastSeen |= view.last().test(chunk);
    }

    private ErrorFacts facts(ErrorFacts known) {
        ErrorFacts complete = ExchangeCaller.complete(known, exchange.head());
        return complete.textReceived().isEmpty() ? complete.withTextReceived(textReceived.toString()) : complete;
    }

    /**
     * What a stream must know about its chunks.
     *
     * @param text returns the text that a chunk adds, may be empty
     * @param last returns whether a chunk completes the answer
     */
    record ChunkView<T>(Function<T, String> text, Predicate<T> last) {}
}
