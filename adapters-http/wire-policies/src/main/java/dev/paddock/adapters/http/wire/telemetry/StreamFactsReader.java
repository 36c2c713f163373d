package dev.paddock.adapters.http.wire.telemetry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.telemetry.AnswerFacts;
import dev.paddock.domain.telemetry.AnswerFactsReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the first frame of a stream and its last ones, which have all facts; what is between them is text. */
final class StreamFactsReader implements AnswerFactsReader {

    private static final int LAST_FRAMES = 3;
    private static final int LONGEST_FRAME = 1 << 20;

    private final Deque<Frame> last = new ArrayDeque<>(LAST_FRAMES + 1);
    private final Predicate<Frame> mayHaveFacts;
    private @Nullable Frame first;

    /**
     * Creates a reader.
     *
     * @param mayHaveFacts recognises the frames that are parsed, among the first and the last ones
     */
    StreamFactsReader(Predicate<Frame> mayHaveFacts) {
        this.mayHaveFacts = mayHaveFacts;
    }

    @Override
    public void accept(Frame frame) {
        if (!frame.hasContent() || frame.contentLength() > LONGEST_FRAME) {
            return;
        }
        if (first == null) {
            first = frame;
            return;
        }
        last.addLast(frame);
        if (last.size() > LAST_FRAMES) {
            last.removeFirst();
        }
    }

    @Override
    public AnswerFacts facts() {
        FactFields fields = new FactFields();
        if (first != null) {
            read(first, fields);
        }
        last.forEach(frame -> read(frame, fields));
        return fields.facts();
    }

    private void read(Frame frame, FactFields fields) {
        if (!mayHaveFacts.test(frame)) {
            return;
        }
        SseEvent event = SseEvent.parse(frame);
        if (event.dataLength() <= 0 || event.isDone()) {
            return;
        }
        fields.next();
        try (JsonParser parser = JsonStreams.parser(event.data())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                fields.accept(token, parser);
            }
        } catch (IOException notJson) {
            // the decoder of the answer reports it
        }
    }
}
