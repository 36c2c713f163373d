package dev.paddock.bootstrap.cli.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CommonOptions;
import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.Terminal.Style;
import dev.paddock.bootstrap.cli.terminal.WaitIndicator;
import dev.paddock.bootstrap.cli.terminal.WordWrap;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateOutput;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints answers: the text to the output, the reasoning and the names of called tools to the error stream; with {@code --json}
 * everything to the output.
 */
final class AnswerPrinter {

    private static final String WAITING = "Waiting for the model";

    private final Terminal terminal;
    private final boolean json;

    AnswerPrinter(Terminal terminal, CommonOptions common) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.json = common.json();
    }

    /** Waits for a complete answer and prints it. */
    void print(Supplier<AnswerChunk> call) {
        WaitIndicator wait = WaitIndicator.start(terminal, WAITING);
        AnswerChunk answer;
        try {
            answer = call.get();
        } finally {
            wait.stop();
        }
        if (json) {
            terminal.result(answer.toJson());
            return;
        }
        printThinking(answer.thinking());
        if (answer.thinking() != null) {
            terminal.note("");
        }
        WordWrap wrap = wrap();
        terminal.write(withNewline(wrap == null ? answer.text() : wrap.add(answer.text()) + wrap.end()));
        printToolCalls(answer.toolCalls());
    }

    /**
     * Prints an answer while it arrives, to its end.
     *
     * @param call makes the call; its stream is closed
     * @param answer gets the answer, as far as it came
     */
    <T> void print(Supplier<ResponseStream<T>> call, Function<T, AnswerChunk> toChunk, StreamedAnswer answer) {
        WordWrap wrap = wrap();
        WaitIndicator wait = WaitIndicator.start(terminal, WAITING);
        try (ResponseStream<T> stream = call.get()) {
            boolean thinking = false;
            while (stream.hasNext()) {
                AnswerChunk chunk = toChunk.apply(stream.next());
                wait.stop();
                answer.add(chunk);
                thinking = print(chunk, thinking, wrap);
            }
        } finally {
            wait.stop();
            // The next output starts on a new line, even after a failure.
            if (wrap != null) {
                terminal.write(wrap.end());
            }
            if (!json && answer.isInsideLine()) {
                terminal.out().print('\n');
            }
            terminal.out().flush();
        }
        printToolCalls(answer.toolCalls);
    }

    /** Returns what breaks lines at the margin, or null when the answer is shown as it is. */
    private @Nullable WordWrap wrap() {
        return json || terminal.width() < WordWrap.NARROWEST ? null : new WordWrap(terminal.width());
    }

    private boolean print(AnswerChunk chunk, boolean thinkingBefore, @Nullable WordWrap wrap) {
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
        terminal.write(wrap == null ? chunk.text() : wrap.add(chunk.text()));
        return false;
    }

    private void printThinking(@Nullable String thinking) {
        if (thinking != null) {
            terminal.hint(thinking, Style.DIM);
        }
    }

    private void printToolCalls(List<ToolCall> toolCalls) {
        if (!json) {
            toolCalls.forEach(call -> terminal.note("The model calls the tool " + call.name()
                    + (call.isComplete() ? " with " + PlainJson.toText(call.arguments()) + "." : ", but its arguments were cut.")));
        }
    }

    private static String withNewline(String text) {
        return text.endsWith("\n") ? text : text + "\n";
    }

    /** An answer of which the parts arrive one after another. */
    static final class StreamedAnswer {

        private final StringBuilder text = new StringBuilder();
        private final List<ToolCall> toolCalls = new ArrayList<>();

        private void add(AnswerChunk chunk) {
            text.append(chunk.text());
            toolCalls.addAll(chunk.toolCalls());
        }

        private boolean isInsideLine() {
            return !text.isEmpty() && text.charAt(text.length() - 1) != '\n';
        }

        boolean isEmpty() {
            return text.isEmpty() && toolCalls.isEmpty();
        }

        /** Returns the turn of the conversation. A call that was cut cannot be sent back to a model. */
        Message toMessage() {
            return Message.assistant(text.toString()).withToolCalls(toolCalls.stream().filter(ToolCall::isComplete).toList());
        }
    }

    /**
     * An answer of a model, complete or in part, of any operation.
     *
     * @param model the name of the model in the answer
     * @param text the text, may be empty
     * @param thinking the reasoning, or null when there is none
     * @param toolCalls the calls of tools
     * @param completion the end of the answer, or null before it
     */
    record AnswerChunk(
            String model, String text, @Nullable String thinking, List<ToolCall> toolCalls, @Nullable Completion completion) {

        static AnswerChunk of(ChatChunk chunk) {
            return of(chunk.model(), chunk.message(), chunk.completion());
        }

        static AnswerChunk of(GenerateChunk chunk) {
            return of(chunk.model(), chunk.output(), chunk.completion());
        }

        static AnswerChunk of(ChatResponse answer) {
            return of(answer.model(), answer.message(), answer.completion());
        }

        static AnswerChunk of(GenerateResponse answer) {
            return of(answer.model(), answer.output(), answer.completion());
        }

        private static AnswerChunk of(String model, Message message, @Nullable Completion completion) {
            return new AnswerChunk(model, message.content(), message.thinking(), message.toolCalls(), completion);
        }

        private static AnswerChunk of(String model, GenerateOutput output, @Nullable Completion completion) {
            return new AnswerChunk(model, output.text(), output.thinking(), output.toolCalls(), completion);
        }

        private static Map<String, Object> toJson(ToolCall call) {
            return new JsonObjectBuilder()
                    .put("id", call.id())
                    .put("name", call.name())
                    .put("arguments", call.isComplete() ? call.arguments() : null)
                    .put("incomplete_arguments", call.incompleteArguments())
                    .toMap();
        }

        String toJson() {
            JsonObjectBuilder fields = new JsonObjectBuilder()
                    .put("model", model)
                    .put("text", text)
                    .putText("thinking", thinking)
                    .put("tool_calls", toolCalls.isEmpty() ? null : toolCalls.stream().map(AnswerChunk::toJson).toList())
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
