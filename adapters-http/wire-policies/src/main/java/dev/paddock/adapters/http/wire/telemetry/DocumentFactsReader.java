package dev.paddock.adapters.http.wire.telemetry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.telemetry.AnswerFacts;
import dev.paddock.domain.telemetry.AnswerFactsReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document part by part as it arrives, so that none of it is kept. It stops at what is not JSON or too large, and then knows what was
 * before it. Of vectors it reads only the first part.
 */
final class DocumentFactsReader implements AnswerFactsReader {

    private final FactFields fields = new FactFields();
    private @Nullable JsonParser parser;
    private boolean ended;
    private boolean isNumber; // the last token
    private @Nullable NumberArrayFilter filter; // from the first part on that ends inside a vector
    private byte[] left = {}; // of the present part, behind the filter

    @Override
    public void accept(Frame frame) {
        if (ended || !frame.hasContent()) {
            return;
        }
        try {
            JsonParser present = parser;
            if (present == null) {
                present = JsonStreams.pieceParser();
                parser = present;
            }
            read(present, frame);
        } catch (IOException notJson) {
            end();
        }
    }

    private void read(JsonParser present, Frame frame) throws IOException {
        byte[] bytes = frame.bytes();
        int from = frame.contentOffset();
        int end = from + frame.contentLength();
        NumberArrayFilter numbers = filter;
        if (numbers == null) {
            parse(present, bytes, from, end);
            if (isNumber && !ended && NumberArrayFilter.isInside(bytes, from, end)) {
                filter = new NumberArrayFilter(lastOctet(bytes, end));
            }
        } else {
            int room = end - from + NumberArrayFilter.MOST_ADDED;
            if (left.length < room) {
                left = new byte[room];
            }
            parse(present, left, 0, numbers.copy(bytes, from, end, left));
        }
    }

    private static byte lastOctet(byte[] bytes, int end) {
        int at = end - 1;
        while (bytes[at] <= ' ') {
            at--;
        }
        return bytes[at];
    }

    private void parse(JsonParser present, byte[] bytes, int from, int end) throws IOException {
        ((ByteArrayFeeder) present.getNonBlockingInputFeeder()).feedInput(bytes, from, end);
        for (JsonToken token = present.nextToken(); token != JsonToken.NOT_AVAILABLE; token = present.nextToken()) {
            if (token == null) {
                end();
                return;
            }
            fields.accept(token, present);
            isNumber = token.isNumeric();
        }
    }

    private void end() {
        ended = true;
        JsonParser present = parser;
        parser = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException impossible) {
                // it reads from memory
            }
        }
    }

    @Override
    public AnswerFacts facts() {
        end();
        return fields.facts();
    }
}
