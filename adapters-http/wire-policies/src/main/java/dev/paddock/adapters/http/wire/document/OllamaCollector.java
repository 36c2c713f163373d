package dev.paddock.adapters.http.wire.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the lines of Ollama's API: texts, tool calls and log probabilities continue, the last line has the rest. */
final class OllamaCollector implements PieceCollector {

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    @Override
    public void add(Map<String, @Nullable Object> piece) {
        piece.forEach((name, value) -> {
            switch (name) {
                case "error" -> {} // one that says nothing
                case "message" -> {
                    if (value instanceof Map<?, ?> message) {
                        addMessage(message);
                    }
                }
                case "response", "thinking" -> Fields.join(fields, name, value);
                case "tool_calls", "logprobs" -> addList(fields, name, value);
                default -> Fields.replace(fields, name, value);
            }
        });
    }

    @Override
    public Map<String, @Nullable Object> document() {
        return fields;
    }

    private void addMessage(Map<?, ?> piece) {
        Map<String, @Nullable Object> message =
                Fields.asObject((Map<?, ?>) fields.computeIfAbsent("message", absent -> new LinkedHashMap<String, @Nullable Object>()));
        Fields.asObject(piece).forEach((name, value) -> {
            if (name.equals("tool_calls")) {
                addList(message, name, value);
            } else {
                Fields.join(message, name, value);
            }
        });
    }

    /** Each element is whole, whatever number it has. */
    private static void addList(Map<String, @Nullable Object> target, String name, @Nullable Object value) {
        if (value instanceof List<?> list) {
            Fields.listAt(target, name).addAll(list);
        }
    }
}
