package dev.paddock.adapters.http.llm;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.GenerationCodec;
import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.adapters.http.wire.framing.FrameKind;
import dev.paddock.adapters.http.wire.framing.FrameSplitter;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer that was requested as a whole. Servers and proxies may stream it all the same; its chunks are assembled then.
 *
 * @param codec decodes the answer and its chunks
 * @param view what must be known of its chunks
 * @param assembler makes the answer of all its chunks, of which there is at least one
 */
record WholeAnswer<C, A>(GenerationCodec<?, C, A> codec, ExchangeStream.ChunkView<C> view, Function<List<C>, A> assembler) {

    A read(Exchange exchange) {
        Frame first = exchange.next();
        if (exchange.head().framing() == Framing.DOCUMENT) {
            return ExchangeCaller.decode(exchange, () -> {
                byte[] body = Bodies.read(exchange, first, Bodies.USUAL_LIMIT);
                ExchangeCaller.requireNoFailure(body, exchange);
                return decode(body, exchange.head().provenance().backend().value());
            });
        }
        List<C> chunks = new ArrayList<>();
        new ExchangeStream<>(exchange, first, codec.chunkDecoder(), view).forEachRemaining(chunks::add);
        return assembler.apply(chunks);
    }

    private A decode(byte[] body, String server) {
        try {
            return codec.decode(body);
        } catch (MalformedResponseException notOneDocument) {
            List<Frame> lines = lines(body);
            if (lines.size() < 2) {
                throw notOneDocument;
            }
            return assemble(lines, new CompletionTracker(server));
        }
    }

    /** Assembles lines that are labelled as a document. */
    private A assemble(List<Frame> lines, CompletionTracker tracker) {
        ChunkDecoder<C> decoder = codec.chunkDecoder();
        List<C> chunks = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Frame line : lines) {
            FrameKind kind = tracker.add(line);
            if (kind == FrameKind.FAILURE) {
                throw withText(tracker.failure(), text);
            }
            add(decoder.decode(line), chunks, text);
            if (kind == FrameKind.TERMINAL) {
                return assembler.apply(chunks);
            }
        }
        if (!tracker.isComplete()) {
            throw withText(tracker.failure(), text);
        }
        add(decoder.end(), chunks, text);
        return assembler.apply(chunks);
    }

    private void add(@Nullable C chunk, List<C> chunks, StringBuilder text) {
        if (chunk != null) {
            chunks.add(chunk);
            text.append(view.text().apply(chunk));
        }
    }

    private static LlmException withText(LlmException failure, StringBuilder text) {
        return failure.withFacts(failure.facts().withTextReceived(text.toString()));
    }

    private static List<Frame> lines(byte[] body) {
        FrameSplitter splitter = FrameSplitter.of(Framing.LINES, Bodies.USUAL_LIMIT);
        List<Frame> lines = new ArrayList<>();
        splitter.feed(body, 0, body.length);
        for (Frame line = splitter.poll(); line != null; line = splitter.poll()) {
            lines.add(line);
        }
        Frame rest = splitter.finish();
        if (rest != null) {
            lines.add(rest);
        }
        return lines.stream().filter(Frame::hasContent).toList();
    }
}
