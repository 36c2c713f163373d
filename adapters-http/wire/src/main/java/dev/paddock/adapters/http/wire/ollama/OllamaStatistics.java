package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The counts and the durations in the last line of an answer. Not thread-safe. */
final class OllamaStatistics implements JsonReader.Fields {

    private @Nullable Integer promptTokens;
    private @Nullable Integer completionTokens;
    private @Nullable Duration total;
    private @Nullable Duration load;
    private @Nullable Duration promptEvaluation;
    private @Nullable Duration evaluation;

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "prompt_eval_count" -> promptTokens = WireValues.count(value);
            case "eval_count" -> completionTokens = WireValues.count(value);
            case "total_duration" -> total = WireValues.nanoseconds(value);
            case "load_duration" -> load = WireValues.nanoseconds(value);
            case "prompt_eval_duration" -> promptEvaluation = WireValues.nanoseconds(value);
            case "eval_duration" -> evaluation = WireValues.nanoseconds(value);
            default -> value.skip();
        }
    }

    TokenUsage usage() {
        return promptTokens == null && completionTokens == null
                ? TokenUsage.UNKNOWN
                : new TokenUsage(promptTokens, completionTokens);
    }

    Timings timings() {
        return total == null && load == null && promptEvaluation == null && evaluation == null
                ? Timings.UNKNOWN
                : new Timings(total, load, promptEvaluation, evaluation);
    }
}
