package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonReader;
import dev.paddock.adapters.http.wire.json.LogprobList;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.TokenLogprob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One choice of an answer, or the piece of one that an event carries; of chat or of a completion. */
final class Choice implements JsonReader.Fields {

    private final LogprobList logprobs = new LogprobList();
    private final List<ToolCallDelta> toolCalls = new ArrayList<>(0);
    private int index;
    private String text = "";
    private String reasoning = "";
    private @Nullable String finishReason;

    static Choice read(JsonReader value) throws IOException {
        Choice choice = new Choice();
        value.object(choice);
        return choice;
    }

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

    boolean isFirst() {
        return index == 0;
    }

    String text() {
        return text;
    }

    /** Returns the reasoning, or null when there is none. */
    @Nullable String reasoning() {
        return reasoning.isEmpty() ? null : reasoning;
    }

    List<ToolCallDelta> toolCalls() {
        return toolCalls;
    }

    List<TokenLogprob> logprobs() {
        return logprobs.tokens();
    }

    /** Returns why the choice is complete, or null when it goes on. */
    @Nullable String finishReason() {
        return finishReason;
    }

    /** Tells whether a caller would see anything of this piece. */
    boolean hasContent() {
        return !text.isEmpty() || !reasoning.isEmpty() || !logprobs.tokens().isEmpty();
    }

    /** Ollama says {@code reasoning}, others say {@code reasoning_content}, and some say both. */
    private void acceptMessage(String name, JsonReader value) throws IOException {
        switch (name) {
            case "role" -> requireAssistant(value);
            case "content" -> text = value.text();
            case "reasoning", "reasoning_content" -> {
                String given = value.text();
                reasoning = given.isEmpty() ? reasoning : given;
            }
            case "tool_calls" -> value.array(element -> {
                ToolCallDelta piece = new ToolCallDelta();
                element.object(piece);
                toolCalls.add(piece);
            });
            default -> value.skip();
        }
    }

    /** Only chat has its probabilities here; completions have them in a form of their own, which is passed over. */
    private void acceptLogprobs(String name, JsonReader value) throws IOException {
        if (name.equals("content")) {
            value.array(logprobs);
        } else {
            value.skip();
        }
    }

    private static void requireAssistant(JsonReader value) throws IOException {
        String role = value.text();
        value.require(role.isEmpty() || Role.find(role) == Role.ASSISTANT, "the role assistant");
    }
}
