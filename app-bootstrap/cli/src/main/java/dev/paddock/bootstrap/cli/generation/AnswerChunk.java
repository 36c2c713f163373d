package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a model, complete or in part, of any operation.
 *
 * @param model the name of the model in the answer
 * @param text the text, may be empty
 * @param thinking the reasoning, or null when there is none
 * @param completion the end of the answer, or null before it
 */
record AnswerChunk(String model, String text, @Nullable String thinking, @Nullable Completion completion) {

    AnswerChunk {
        requireNonNull(model, "model");
        requireNonNull(text, "text");
    }

    static AnswerChunk of(ChatChunk chunk) {
        return new AnswerChunk(chunk.model(), chunk.text(), chunk.message().thinking(), chunk.completion());
    }

    static AnswerChunk of(GenerateChunk chunk) {
        return new AnswerChunk(chunk.model(), chunk.text(), chunk.output().thinking(), chunk.completion());
    }

    static AnswerChunk of(ChatResponse answer) {
        return new AnswerChunk(answer.model(), answer.text(), answer.message().thinking(), answer.completion());
    }

    static AnswerChunk of(GenerateResponse answer) {
        return new AnswerChunk(answer.model(), answer.text(), answer.output().thinking(), answer.completion());
    }

    String toJson() {
        JsonObjectBuilder fields = new JsonObjectBuilder()
                .put("model", model)
                .put("text", text)
                .putText("thinking", thinking)
                .put("done", completion != null);
        if (completion != null) {
            fields.putText("done_reason", completion.reason())
                    .put("usage", usage(completion.usage()).toMap())
                    .put("timings", timings(completion.timings()).toMap());
        }
        return fields.toJson();
    }

    static JsonObjectBuilder usage(TokenUsage usage) {
        return new JsonObjectBuilder().put("prompt_tokens", usage.prompt()).put("completion_tokens", usage.completion());
    }

    static JsonObjectBuilder timings(Timings timings) {
        return new JsonObjectBuilder()
                .putMillis("total_ms", timings.total())
                .putMillis("load_ms", timings.load())
                .putMillis("prompt_ms", timings.promptEvaluation())
                .putMillis("completion_ms", timings.evaluation());
    }
}
