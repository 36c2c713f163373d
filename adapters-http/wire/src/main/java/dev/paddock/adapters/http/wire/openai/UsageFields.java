package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.domain.model.TokenUsage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The {@code usage} of an answer. */
final class UsageFields implements JsonReader.Fields {

    private @Nullable Integer prompt;
    private @Nullable Integer completion;

    /** Reads a usage, or returns null for null. */
    static @Nullable TokenUsage read(JsonReader value) throws IOException {
        if (value.isNull()) {
            return null;
        }
        UsageFields usage = new UsageFields();
        value.object(usage);
        return new TokenUsage(usage.prompt, usage.completion);
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "prompt_tokens" -> prompt = value.intOrNull();
            case "completion_tokens" -> completion = value.intOrNull();
            default -> value.skip();
        }
    }
}
