package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.LogprobList;
import dev.paddock.adapters.http.wire.json.MessageContent;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.TokenLogprob;
import dev.paddock.domain.model.generation.ToolCall;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of an answer, or the whole answer: they have the same fields. This class takes the fields that chat, generate and embed have in
 * common, and skips unknown ones. Not thread-safe.
 *
 * @param <C> what the line says
 */
abstract class OllamaAnswer<C> implements JsonReader.Fields {

    final MessageContent content = new MessageContent();
    private @Nullable OllamaToolCalls toolCalls; // each of these three is made when it is needed: most lines have none
    private @Nullable LogprobList logprobs;
    private @Nullable OllamaStatistics statistics;
    private final String likelyModel;
    private String model = "";
    private @Nullable Instant createdAt;
    private boolean done;
    private String doneReason = "";

    /**
     * Creates an answer, or a line of one.
     *
     * @param likelyModel the model of the line before, which is probably that of this line too; empty when there was none
     */
    OllamaAnswer(String likelyModel) {
        this.likelyModel = likelyModel;
    }

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "model" -> model = value.optional().text(likelyModel);
            case "created_at" -> createdAt = WireValues.timestamp(value);
            case "done" -> done = value.booleanValue();
            case "done_reason" -> doneReason = value.optional().text();
            case "logprobs" -> {
                logprobs = logprobs == null ? new LogprobList() : logprobs;
                logprobs.read(value);
            }
            case "prompt_eval_count", "eval_count", "total_duration", "load_duration", "prompt_eval_duration", "eval_duration" -> {
                statistics = statistics == null ? new OllamaStatistics() : statistics;
                statistics.accept(name, value);
            }
            default -> value.skip();
        }
    }

    /** Returns whether there are a time and perhaps a model and a text, but nothing else: nearly all lines of an answer are so. */
    boolean hasOnlyText() {
        return createdAt != null && content.thinking() == null && toolCalls == null && logprobs == null
                && statistics == null && doneReason.isEmpty() && !done;
    }

    /** Takes what such a line says, from the likely model. */
    final void acceptText(Instant time, String text) {
        model = likelyModel;
        createdAt = time;
        content.setText(text);
    }

    final void readToolCalls(JsonReader value) throws IOException {
        value.array(toolCalls());
    }

    private OllamaToolCalls toolCalls() {
        OllamaToolCalls present = toolCalls == null ? new OllamaToolCalls() : toolCalls;
        toolCalls = present;
        return present;
    }

    /** Returns what this line says; null as completion means that the answer continues. */
    abstract C chunk(@Nullable Completion completion);

    /** Returns what this line says after the earlier lines of its answer. */
    final C chunkAfter(Beginning earlier) {
        Completion completion = done ? completion() : null;
        content.continueFrom(earlier.content, done);
        if (toolCalls != null || earlier.toolCalls.hasPieces()) {
            toolCalls().continueFrom(earlier.toolCalls, completion);
        }
        return chunk(completion);
    }

    /**
     * Returns what a whole answer says.
     *
     * @throws TruncatedResponseException if it has no end: Ollama truncates an answer so when a model repeats itself
     */
    final C onlyChunk() {
        C only = chunkAfter(new Beginning());
        requireCompletion();
        return only;
    }

    final Completion requireCompletion() {
        if (!done) {
            throw new TruncatedResponseException(
                    "the answer came without its end: the server says itself that it is not done",
                    ErrorFacts.NONE.withTextReceived(content.text()));
        }
        return completion();
    }

    final String model() {
        return model;
    }

    final @Nullable Instant createdAt() {
        return createdAt;
    }

    final List<ToolCall> calls() {
        return toolCalls == null ? List.of() : toolCalls.calls();
    }

    final List<TokenLogprob> logprobs() {
        return logprobs == null ? List.of() : logprobs.tokens();
    }

    final boolean isLast() {
        return done;
    }

    final TokenUsage usage() {
        return statistics == null ? TokenUsage.UNKNOWN : statistics.usage();
    }

    final Timings timings() {
        return statistics == null ? Timings.UNKNOWN : statistics.timings();
    }

    private Completion completion() {
        return new Completion(doneReason, usage(), timings());
    }

    /** What the earlier lines of an answer leave to the next one: halves of characters, and tool calls that may be cut. */
    static final class Beginning {

        private final MessageContent.Pieces content = new MessageContent.Pieces();
        private final OllamaToolCalls toolCalls = new OllamaToolCalls();
    }
}
