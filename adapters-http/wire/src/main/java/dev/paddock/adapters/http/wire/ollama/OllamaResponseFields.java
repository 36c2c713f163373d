package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.LogprobList;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.TokenLogprob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields that lines of chat, generate and embed have in common. */
final class OllamaResponseFields {

    private final LogprobList logprobs = new LogprobList();
    private final String likelyModel;
    private String model = "";
    private @Nullable Instant createdAt;
    private boolean done;
    private String doneReason = "";
    private @Nullable Integer promptTokens;
    private @Nullable Integer completionTokens;
    private @Nullable Duration total;
    private @Nullable Duration load;
    private @Nullable Duration promptEvaluation;
    private @Nullable Duration evaluation;

    /**
     * Creates the fields of one answer or line.
     *
     * @param likelyModel what it will probably say of the model, because the line before it did; empty when there was none
     */
    OllamaResponseFields(String likelyModel) {
        this.likelyModel = likelyModel;
    }

    /** Takes a field that is common; passes over any other, such as those of versions to come. */
    void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "model" -> model = value.text(likelyModel);
            case "created_at" -> createdAt = WireValues.timestamp(value);
            case "done" -> done = value.booleanValue();
            case "done_reason" -> doneReason = value.text();
            case "prompt_eval_count" -> promptTokens = value.intOrNull();
            case "eval_count" -> completionTokens = value.intOrNull();
            case "total_duration" -> total = WireValues.nanoseconds(value);
            case "load_duration" -> load = WireValues.nanoseconds(value);
            case "prompt_eval_duration" -> promptEvaluation = WireValues.nanoseconds(value);
            case "eval_duration" -> evaluation = WireValues.nanoseconds(value);
            case "logprobs" -> value.array(logprobs);
            default -> value.skip();
        }
    }

    String model() {
        return model;
    }

    @Nullable Instant createdAt() {
        return createdAt;
    }

    List<TokenLogprob> logprobs() {
        return logprobs.tokens();
    }

    boolean isLast() {
        return done;
    }

    /** Returns how the answer ended, or null when it goes on. */
    @Nullable Completion completion() {
        return done ? new Completion(doneReason, usage(), timings()) : null;
    }

    /**
     * Returns how a whole answer ended.
     *
     * @throws TruncatedResponseException if it did not: Ollama breaks off so when a model repeats itself
     */
    Completion requireCompletion(String textReceived) {
        Completion completion = completion();
        if (completion == null) {
            throw new TruncatedResponseException(
                    "the answer came without its end: the server says itself that it is not done",
                    ErrorFacts.NONE.withTextReceived(textReceived));
        }
        return completion;
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
