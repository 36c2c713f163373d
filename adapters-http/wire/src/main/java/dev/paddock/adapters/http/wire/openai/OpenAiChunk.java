package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.LogprobList;
import dev.paddock.adapters.http.wire.json.MessageContent;
import dev.paddock.adapters.http.wire.json.ToolCallPiece;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.TokenLogprob;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The data of one event, or a whole answer: they have the same fields. Only the first choice counts. Not thread-safe. */
final class OpenAiChunk implements JsonReader.Fields {

    static final String WHAT = "the answer";

    String model = "";
    @Nullable Instant createdAt;
    @Nullable Choice choice; // the first one; a chunk that carries the usage may have none
    @Nullable TokenUsage usage;

    @Override
    public void accept(String name, JsonReader value) throws IOException {
        switch (name) {
            case "model" -> model = value.optional().text();
            case "created" -> createdAt = WireValues.epochSeconds(value);
            case "choices" -> value.array(element -> {
                Choice next = new Choice();
                element.object(next);
                choice = next.index == 0 ? next : choice;
            });
            case "usage" -> usage = UsageParser.read(value);
            default -> value.skip();
        }
    }

    /** Returns the text of an event that has nothing else, but perhaps a model and a time, as nearly all of them; otherwise null. */
    @Nullable String onlyText() {
        return usage == null && choice != null && choice.hasOnlyText() ? choice.content.text() : null;
    }

    /** Returns what such an event says when it has another text. */
    OpenAiChunk withText(String text) {
        OpenAiChunk other = new OpenAiChunk();
        other.model = model;
        other.createdAt = createdAt;
        other.choice = new Choice();
        other.choice.content.setText(text);
        return other;
    }

    /** One choice of an answer, or the piece of one that an event carries; of chat or of a completion. */
    static final class Choice implements JsonReader.Fields {

        private final LogprobList logprobs = new LogprobList();
        final MessageContent content = new MessageContent();
        final List<ToolCallPiece> toolCalls = new ArrayList<>(0);
        private int index;
        @Nullable String finishReason; // null while the choice continues

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "index" -> index = Objects.requireNonNullElse(WireValues.index(value), 0);
                case "delta", "message" -> value.object(this::acceptMessage);
                case "text" -> content.readText(value);
                case "finish_reason" -> finishReason = reason(value.optional().text());
                case "logprobs" -> value.optional().object(this::acceptLogprobs);
                default -> value.skip();
            }
        }

        List<TokenLogprob> logprobs() {
            return logprobs.tokens();
        }

        /** Some servers send an empty reason while the choice continues. */
        private static @Nullable String reason(String text) {
            return text.isBlank() ? null : text;
        }

        private boolean hasOnlyText() {
            return content.thinking() == null && toolCalls.isEmpty() && finishReason == null && logprobs.tokens().isEmpty();
        }

        /** Returns whether a caller would see anything of this piece. */
        boolean hasContent() {
            return !content.isEmpty() || !logprobs.tokens().isEmpty();
        }

        /**
         * Ollama sends {@code reasoning}, other servers {@code reasoning_content}, and some send both. {@code function_call} is the form
         * of a tool call before there could be several.
         */
        private void acceptMessage(String name, JsonReader value) throws IOException {
            switch (name) {
                case "content" -> content.readText(value);
                case "refusal" -> content.readRefusal(value);
                case "reasoning", "reasoning_content" -> content.readThinking(value);
                case "tool_calls" -> value.array(element -> {
                    ToolCallPiece piece = new ToolCallPiece();
                    element.object(piece);
                    toolCalls.add(piece);
                });
                case "function_call" -> {
                    if (value.isObject()) {
                        ToolCallPiece piece = new ToolCallPiece();
                        piece.readFunction(value);
                        toolCalls.add(piece);
                    } else {
                        value.skip();
                    }
                }
                default -> value.skip();
            }
        }

        /** Only chat has its probabilities here; those of completions have another form, which is skipped. */
        private void acceptLogprobs(String name, JsonReader value) throws IOException {
            if (name.equals("content")) {
                logprobs.read(value);
            } else {
                value.skip();
            }
        }
    }

    /** The {@code usage} of an answer. */
    static final class UsageParser implements JsonReader.Fields {

        private @Nullable Integer prompt;
        private @Nullable Integer completion;

        /** Reads a usage, or returns null for anything else. */
        static @Nullable TokenUsage read(JsonReader value) throws IOException {
            if (!value.isObject()) {
                value.skip();
                return null;
            }
            UsageParser usage = new UsageParser();
            value.object(usage);
            return new TokenUsage(usage.prompt, usage.completion);
        }

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "prompt_tokens" -> prompt = WireValues.count(value);
                case "completion_tokens" -> completion = WireValues.count(value);
                default -> value.skip();
            }
        }
    }
}
