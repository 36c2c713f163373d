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
 * before it.
 */
final class DocumentFactsReader implements AnswerFactsReader {

    private final FactFields fields = new FactFields();
    private @Nullable JsonParser parser;
    private boolean ended;

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
        ((ByteArrayFeeder) present.getNonBlockingInputFeeder())
                .feedInput(frame.bytes(), frame.contentOffset(), frame.contentOffset() + frame.contentLength());
        for (JsonToken token = present.nextToken(); token != JsonToken.NOT_AVAILABLE; token = present.nextToken()) {
            if (token == null) {
                end();
                return;
            }
            fields.accept(token, present);
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
