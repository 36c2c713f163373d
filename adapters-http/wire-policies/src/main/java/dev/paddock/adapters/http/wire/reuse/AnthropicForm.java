package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.DocumentForm;
import dev.paddock.adapters.http.wire.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of Anthropic's messages: a message, its blocks with their deltas, and its end. */
enum AnthropicForm implements StreamForm {
    INSTANCE;

    private static final String PARTIAL_INPUT = "partial_json";

    @Override
    public DocumentForm document() {
        return DocumentForm.MESSAGE;
    }

    @Override
    public List<Map<String, @Nullable Object>> divide(Map<String, @Nullable Object> answer, boolean withUsage) {
        List<Map<String, @Nullable Object>> pieces = new ArrayList<>();
        pieces.add(PlainJson.object(
                "type", "message_start",
                "message", StreamForm.with(answer, "content", List.of(), "stop_reason", null, "stop_sequence", null)));
        List<Map<String, @Nullable Object>> blocks = StreamForm.objects(answer, "content");
        for (int index = 0; index < blocks.size(); index++) {
            pieces.addAll(blockPieces(index, blocks.get(index)));
        }
        pieces.add(PlainJson.object(
                "type", "message_delta",
                "delta", PlainJson.object("stop_reason", answer.get("stop_reason"), "stop_sequence", answer.get("stop_sequence")),
                "usage", StreamForm.object(answer, "usage")));
        pieces.add(PlainJson.object("type", "message_stop"));
        return pieces;
    }

    private static List<Map<String, @Nullable Object>> blockPieces(int index, Map<String, @Nullable Object> block) {
        Map<String, @Nullable Object> empty = new LinkedHashMap<>(block);
        List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
        for (String name : List.of("thinking", "signature", "text")) {
            if (block.get(name) instanceof String text) {
                empty.put(name, "");
                deltas.add(PlainJson.object("type", name + "_delta", name, text));
            }
        }
        if (StreamForm.text(block, "type").equals("tool_use")) {
            empty.put("input", Map.of());
            deltas.add(PlainJson.object("type", "input_json_delta", PARTIAL_INPUT, PlainJson.toText(StreamForm.object(block, "input"))));
        }
        List<Map<String, @Nullable Object>> pieces = new ArrayList<>();
        pieces.add(PlainJson.object("type", "content_block_start", "index", index, "content_block", empty));
        deltas.forEach(delta -> pieces.add(PlainJson.object("type", "content_block_delta", "index", index, "delta", delta)));
        pieces.add(PlainJson.object("type", "content_block_stop", "index", index));
        return pieces;
    }

    @Override
    public boolean isComplete(Map<String, @Nullable Object> answer) {
        return !StreamForm.text(answer, "stop_reason").isEmpty() && !StreamForm.objects(answer, "content").isEmpty();
    }

    @Override
    public @Nullable String eventName(Map<String, @Nullable Object> piece) {
        return StreamForm.text(piece, "type");
    }

    @Override
    public @Nullable String onlyText(Map<String, @Nullable Object> answer) {
        StringBuilder text = new StringBuilder();
        for (Map<String, @Nullable Object> block : StreamForm.objects(answer, "content")) {
            switch (StreamForm.text(block, "type")) {
                case "text" -> text.append(StreamForm.text(block, "text"));
                case "thinking", "redacted_thinking" -> {
                    // not a part of what is said
                }
                default -> {
                    return null;
                }
            }
        }
        return text.isEmpty() ? null : text.toString();
    }
}
