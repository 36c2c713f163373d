package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.TokenUsage;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The data of one event, or a whole answer: they have the same fields. Only the first choice counts. */
final class OpenAiChunk implements JsonReader.Fields {

    static final String WHAT = "the answer";

    private String model = "";
    private @Nullable Instant createdAt;
    private @Nullable Choice choice;
    private @Nullable TokenUsage usage;

    static OpenAiChunk read(byte[] json) {
        return JsonReader.read(WHAT, json, new OpenAiChunk());
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "model" -> model = value.text();
            case "created" -> createdAt = WireValues.epochSeconds(value);
            case "choices" -> value.array(element -> {
                Choice next = Choice.read(element);
                choice = next.isFirst() ? next : choice;
            });
            case "usage" -> usage = UsageFields.read(value);
            default -> value.skip();
        }
    }

    String model() {
        return model;
    }

    @Nullable Instant createdAt() {
        return createdAt;
    }

    /** Returns the first choice, or null when the piece has none, like the one that brings the usage. */
    @Nullable Choice choice() {
        return choice;
    }

    @Nullable TokenUsage usage() {
        return usage;
    }
}
