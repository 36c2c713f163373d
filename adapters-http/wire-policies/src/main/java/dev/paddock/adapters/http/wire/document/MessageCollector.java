package dev.paddock.adapters.http.wire.document;

import dev.paddock.adapters.http.wire.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the events of {@code /v1/messages}: the message with its blocks, which are text, reasoning or the use of a tool. */
final class MessageCollector implements PieceCollector {

    private static final String JSON = "partial_json";

    private final Map<String, @Nullable Object> message = new LinkedHashMap<>();
    private final Map<Integer, Map<String, @Nullable Object>> blocks = new TreeMap<>();

    @Override
    public void add(Map<String, @Nullable Object> piece) {
        if (piece.get("message") instanceof Map<?, ?> start) {
            message.putAll(Fields.asObject(start));
        } else if ("message".equals(piece.get("type"))) {
            message.putAll(piece); // a document in an event
        }
        if (piece.get("content_block") instanceof Map<?, ?> block) {
            Fields.joinAll(block(piece), block);
        }
        if (piece.get("delta") instanceof Map<?, ?> delta) {
            if (piece.containsKey("index")) {
                addDelta(block(piece), Fields.asObject(delta));
            } else {
                Fields.asObject(delta).forEach((name, value) -> Fields.replace(message, name, value));
            }
        }
        if (piece.get("usage") instanceof Map<?, ?> usage) {
            Fields.join(message, "usage", usage);
        }
    }

    @Override
    public Map<String, @Nullable Object> document() {
        if (message.isEmpty()) {
            throw DocumentAssembler.malformed("the answer has no event with the message");
        }
        List<@Nullable Object> content = new ArrayList<>(message.get("content") instanceof List<?> list ? list : List.of());
        for (Map<String, @Nullable Object> block : blocks.values()) {
            content.add(whole(block));
        }
        message.put("content", content);
        return message;
    }

    private Map<String, @Nullable Object> block(Map<String, @Nullable Object> piece) {
        int index = piece.get("index") instanceof Integer given ? given : 0;
        return blocks.computeIfAbsent(index, absent -> new LinkedHashMap<>());
    }

    private static void addDelta(Map<String, @Nullable Object> block, Map<String, @Nullable Object> delta) {
        delta.forEach((name, value) -> {
            switch (name) {
                case "type" -> {} // of the piece
                case "citation" -> Fields.listAt(block, "citations").add(value);
                default -> Fields.join(block, name, value);
            }
        });
    }

    /** The input of a tool comes as pieces of JSON. JSON that was cut stays a text. */
    private static Map<String, @Nullable Object> whole(Map<String, @Nullable Object> block) {
        if (block.remove(JSON) instanceof CharSequence json && !json.isEmpty()) {
            block.put("input", input(json.toString()));
        }
        return block;
    }

    private static @Nullable Object input(String json) {
        try {
            return PlainJson.fromText(json);
        } catch (IllegalArgumentException cut) {
            return json;
        }
    }
}
