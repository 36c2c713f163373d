package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.SimilarFrames;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.exchange.Frame;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads an answer that comes line by line or at once, or as events. Every line stands for itself, but one parser reads them all. */
final class OllamaChunkDecoder<C> implements ChunkDecoder<C> {

    private final String what;
    private final Function<String, ? extends OllamaAnswer<C>> answers;
    private final FrameReader lines;
    private final SimilarFrames<OllamaAnswer<C>> similar;
    private final OllamaAnswer.Beginning earlier = new OllamaAnswer.Beginning();
    private String model = "";

    /**
     * Creates a reader of one answer.
     *
     * @param what the answer, for the message of a failure
     * @param textField the name of the field with the text
     * @param answers creates the answer for the fields of one line, which probably name the given model
     */
    OllamaChunkDecoder(String what, String textField, Function<String, ? extends OllamaAnswer<C>> answers) {
        this.what = what;
        this.similar = new SimilarFrames<>("created_at", textField);
        this.answers = answers;
        this.lines = new FrameReader(what);
    }

    @Override
    public @Nullable C decode(Frame frame) {
        OllamaAnswer<C> line = similarLine(frame);
        if (line == null) {
            line = parsedLine(frame);
            if (line == null) {
                return null; // the end, or a heartbeat
            }
            if (line.hasOnlyText()) {
                similar.learn(frame.bytes(), frame.contentOffset(), frame.contentLength(), line, line.content.text());
            }
        }
        model = line.model();
        if (line.isLast()) {
            lines.close();
        }
        return line.chunkAfter(earlier);
    }

    /** Returns a line that is like an earlier one but for its time and its text; otherwise null. */
    private @Nullable OllamaAnswer<C> similarLine(Frame frame) {
        OllamaAnswer<C> before = similar.find(frame.bytes(), frame.contentOffset(), frame.contentLength());
        Instant time = before == null ? null : WireValues.timestamp(similar.characters(0));
        if (before == null || time == null) {
            return null;
        }
        OllamaAnswer<C> line = answers.apply(before.model());
        line.acceptText(time, similar.text(1));
        return line;
    }

    private @Nullable OllamaAnswer<C> parsedLine(Frame frame) {
        OllamaAnswer<C> line = usualLine(frame);
        return line == null ? anyLine(frame) : line;
    }

    /** Returns the line in a frame that is nothing else, so that it need not be read as an event; otherwise null. */
    private @Nullable OllamaAnswer<C> usualLine(Frame frame) {
        int offset = frame.contentOffset();
        return frame.hasContent() && frame.bytes()[offset] == '{'
                ? lines.readOrNull(frame.bytes(), offset, frame.contentLength(), this::newAnswer)
                : null;
    }

    private @Nullable OllamaAnswer<C> anyLine(Frame frame) {
        SseEvent event = SseEvent.parse(frame);
        byte[] bytes = event.hasData() ? event.bytes() : frame.bytes();
        int offset = event.hasData() ? event.dataOffset() : frame.contentOffset();
        int length = event.hasData() ? event.dataLength() : frame.contentLength();
        if (!event.isReadable() || FrameReader.isOtherValue(bytes, offset, length)) {
            return null;
        }
        return lines.read(bytes, offset, length, this::newAnswer);
    }

    private OllamaAnswer<C> newAnswer() {
        return answers.apply(model);
    }

    @Override
    public C decodeWhole(byte[] body) {
        return JsonReader.read(what, body, answers.apply(model)).onlyChunk();
    }
}
