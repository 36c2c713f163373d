package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.command.CommonOptions;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.Terminal.Style;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateResponse;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prints answers: the text to the output, the reasoning to the error stream; with {@code --json} everything to the
 * output.
 */
final class AnswerPrinter {

    private final Terminal terminal;
    private final boolean json;

    AnswerPrinter(Terminal terminal, CommonOptions common) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.json = common.json();
    }

    /** Prints a complete answer. */
    void print(AnswerChunk answer) {
        if (json) {
            terminal.result(answer.toJson());
            return;
        }
        printThinking(answer.thinking());
        if (answer.thinking() != null) {
            terminal.note("");
        }
        terminal.write(withNewline(answer.text()));
    }

    /** Prints an answer while it arrives, to its end, and returns its text. Closes the stream. */
    <T> String print(ResponseStream<T> stream, Function<T, AnswerChunk> toChunk) {
        StringBuilder text = new StringBuilder();
        try (stream) {
            boolean thinking = false;
            while (stream.hasNext()) {
                AnswerChunk chunk = toChunk.apply(stream.next());
                text.append(chunk.text());
                thinking = print(chunk, thinking);
            }
        } finally {
            // The next output starts on a new line, even after a failure.
            if (!json && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                terminal.out().print('\n');
                terminal.out().flush();
            }
        }
        return text.toString();
    }

    private boolean print(AnswerChunk chunk, boolean thinkingBefore) {
        if (json) {
            terminal.result(chunk.toJson());
            return false;
        }
        printThinking(chunk.thinking());
        if (chunk.text().isEmpty()) {
            return thinkingBefore || chunk.thinking() != null;
        }
        if (thinkingBefore) {
            terminal.note("");
        }
        terminal.write(chunk.text());
        return false;
    }

    private void printThinking(@Nullable String thinking) {
        if (thinking != null) {
            terminal.hint(thinking, Style.DIM);
        }
    }

    private static String withNewline(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    /**
     * An answer of a model, complete or in part, of any operation.
     *
     * @param model the name of the model in the answer
     * @param text the text, may be empty
     * @param thinking the reasoning, or null when there is none
     * @param completion the end of the answer, or null before it
     */
    record AnswerChunk(String model, String text, @Nullable String thinking, @Nullable Completion completion) {

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
}
