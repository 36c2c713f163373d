package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * The words and values of one answer, chosen by its seed; every third word is not ASCII, so that clients without UTF-8
 * fail.
 */
public final class SampleContent {
    private static final List<String> PLAIN = List.of(
        "the", "paddock", "gate", "opens", "when", "a", "horse", "waits", "at", "dawn", "and", "grass", "is", "still",
        "wet", "so", "riders", "walk", "slowly", "<towards>", "it");
    private static final List<String> FOREIGN = List.of(
        "naïve", "café", "Übung", "日本語", "🐎", "Größe", "señor", "Ελλάδα", "мост", "👩‍🌾");
    private static final int DEEPEST = 16;

    private final Random random;

    public SampleContent(String seed) {
        this.random = random(seed);
    }

    /** A source of numbers that depends on nothing but this text. */
    static Random random(String seed) {
        CRC32C checksum = new CRC32C();
        checksum.update(seed.getBytes(StandardCharsets.UTF_8));
        return new Random(checksum.getValue());
    }

    private String word(int index) {
        List<String> source = index % 3 == 1 ? FOREIGN : PLAIN;
        return source.get(random.nextInt(source.size()));
    }

    /** Words as a tokenizer cuts them: every one but the first begins with its space. */
    public List<String> words(int count) {
        List<String> words = new ArrayList<>(Math.max(0, count));
        for (int index = 0; index < count; index++) {
            words.add(index == 0 ? word(index) : " " + word(index));
        }
        return words;
    }

    /** Eight lower-case letters and digits, as the ids of tool calls have. */
    String identifier() {
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < 8; index++) {
            text.append(Character.forDigit(random.nextInt(36), 36));
        }
        return text.toString();
    }

    /** A value that satisfies a JSON schema, or a small object when any JSON will do. */
    JsonNode value(JsonNode schema) {
        if (!schema.isObject()) {
            return GoJson.object().put("answer", word(0) + " " + word(1));
        }
        return value(schema, schema, 0);
    }

    private JsonNode value(JsonNode root, JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            return NullNode.instance;
        }
        if (schema.has("$ref")) {
            return value(root, root.at(schema.path("$ref").asText().replaceFirst("^#", "")), depth + 1);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.path("enum").has(0)) {
            return schema.path("enum").path(0);
        }
        if (schema.path("anyOf").has(0)) {
            return value(root, schema.path("anyOf").path(0), depth + 1);
        }
        return ofType(root, schema, depth);
    }

    private JsonNode ofType(JsonNode root, JsonNode schema, int depth) {
        JsonNode type = schema.path("type").isArray() ? schema.path("type").path(0) : schema.path("type");
        return switch (type.asText(schema.has("properties") ? "object" : "string")) {
            case "object" -> object(root, schema, depth);
            case "array" -> list(root, schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> BooleanNode.valueOf(random.nextBoolean());
            case "null" -> NullNode.instance;
            default -> new TextNode(word(1));
        };
    }

    private ObjectNode object(JsonNode root, JsonNode schema, int depth) {
        ObjectNode object = GoJson.object();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            object.set(property.getKey(), value(root, property.getValue(), depth + 1));
        }
        return object;
    }

    private ArrayNode list(JsonNode root, JsonNode schema, int depth) {
        ArrayNode list = GoJson.array();
        int count = Math.max(1, schema.path("minItems").asInt(1));
        for (int index = 0; index < count; index++) {
            list.add(value(root, schema.path("items"), depth + 1));
        }
        return list;
    }

    private IntNode number(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(Integer.MAX_VALUE);
        return new IntNode(Math.min(most, Math.max(least, random.nextInt(100))));
    }
}
