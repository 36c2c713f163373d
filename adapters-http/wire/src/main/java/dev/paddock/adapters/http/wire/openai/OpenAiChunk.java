package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.LogprobList;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.json.WireValues;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.TokenLogprob;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
            case "model" -> model = value.text();
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

    /** One choice of an answer, or the piece of one that an event carries; of chat or of a completion. */
    static final class Choice implements JsonReader.Fields {

        private final LogprobList logprobs = new LogprobList();
        final List<ToolCallDelta> toolCalls = new ArrayList<>(0);
        private int index;
        String text = "";
        private String reasoning = "";
        @Nullable String finishReason; // null while the choice continues

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            switch (name) {
                case "index" -> index = (int) value.longValue();
                case "delta", "message" -> value.object(this::acceptMessage);
                case "text" -> text = value.text();
                case "finish_reason" -> finishReason = value.textOrNull();
                case "logprobs" -> value.object(this::acceptLogprobs);
                default -> value.skip();
            }
        }

        /** Returns the reasoning, or null when there is none. */
        @Nullable String reasoning() {
            return reasoning.isEmpty() ? null : reasoning;
        }

        List<TokenLogprob> logprobs() {
            return logprobs.tokens();
        }

        /** Returns whether a caller would see anything of this piece. */
        boolean hasContent() {
            return !text.isEmpty() || !reasoning.isEmpty() || !logprobs.tokens().isEmpty();
        }

        /** Ollama sends {@code reasoning}, other servers {@code reasoning_content}, and some send both. */
        private void acceptMessage(String name, JsonReader value) throws IOException {
            switch (name) {
                case "role" -> {
                    String role = value.text();
                    value.require(role.isEmpty() || Role.find(role) == Role.ASSISTANT, "the role assistant");
                }
                case "content" -> text = value.text();
                case "reasoning", "reasoning_content" -> {
                    String given = value.text();
                    reasoning = given.isEmpty() ? reasoning : given;
                }
                case "tool_calls" -> value.array(element -> {
                    ToolCallDelta delta = new ToolCallDelta();
                    element.object(delta);
                    toolCalls.add(delta);
                });
                default -> value.skip();
            }
        }

        /** Only chat has its probabilities here; those of completions have another form, which is skipped. */
        private void acceptLogprobs(String name, JsonReader value) throws IOException {
            if (name.equals("content")) {
                value.array(logprobs);
            } else {
                value.skip();
            }
        }
    }

    /** A tool call, or the piece of one that an event carries. */
    static final class ToolCallDelta implements JsonReader.Fields {

        @Nullable Integer index;
        String id = "";
        String name = "";
        String arguments = "";

        @Override
        public void accept(String field, JsonReader value) throws IOException {
            switch (field) {
                case "index" -> index = value.intOrNull();
                case "id" -> id = value.text();
                case "function" -> value.object(this::acceptFunction);
                default -> value.skip();
            }
        }

        /** Some servers send the arguments as an object instead of a text. */
        private void acceptFunction(String field, JsonReader value) throws IOException {
            switch (field) {
                case "name" -> name = value.text();
                case "arguments" -> arguments =
                        value.isText() || value.isNull() ? value.text() : PlainJson.toText(value.plainObject());
                default -> value.skip();
            }
        }
    }

    /** The {@code usage} of an answer. */
    static final class UsageParser implements JsonReader.Fields {

        private @Nullable Integer prompt;
        private @Nullable Integer completion;

        /** Reads a usage, or returns null for null. */
        static @Nullable TokenUsage read(JsonReader value) throws IOException {
            if (value.isNull()) {
                return null;
            }
            UsageParser usage = new UsageParser();
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
}
