package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import java.util.Map;

/** A value that satisfies a JSON schema, or a small object when any JSON will do. */
final class SampleValue {
    private static final int DEEPEST = 16;

    private final JsonNode root;
    private final SampleWords words;

    SampleValue(JsonNode schema, SampleWords words) {
        this.root = schema;
        this.words = words;
    }

    JsonNode value() {
        if (!root.isObject()) {
            return GoJson.object().put("answer", words.word(0) + " " + words.word(1));
        }
        return of(root, 0);
    }

    private JsonNode of(JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            return NullNode.instance;
        }
        if (schema.has("$ref")) {
            return of(root.at(schema.path("$ref").asText().replaceFirst("^#", "")), depth + 1);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.path("enum").has(0)) {
            return schema.path("enum").path(0);
        }
        if (schema.path("anyOf").has(0)) {
            return of(schema.path("anyOf").path(0), depth + 1);
        }
        return ofType(schema, depth);
    }

    private JsonNode ofType(JsonNode schema, int depth) {
        JsonNode type = schema.path("type").isArray() ? schema.path("type").path(0) : schema.path("type");
        return switch (type.asText(schema.has("properties") ? "object" : "string")) {
            case "object" -> object(schema, depth);
            case "array" -> list(schema, depth);
            case "integer", "number" -> number(schema);
            case "boolean" -> BooleanNode.valueOf(words.nextBoolean());
            case "null" -> NullNode.instance;
            default -> new TextNode(words.word(1));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = GoJson.object();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            object.set(property.getKey(), of(property.getValue(), depth + 1));
        }
        return object;
    }

    private ArrayNode list(JsonNode schema, int depth) {
        ArrayNode list = GoJson.array();
        int count = Math.max(1, schema.path("minItems").asInt(1));
        for (int index = 0; index < count; index++) {
            list.add(of(schema.path("items"), depth + 1));
        }
        return list;
    }

    private IntNode number(JsonNode schema) {
        int least = schema.path("minimum").asInt(0);
        int most = schema.path("maximum").asInt(Integer.MAX_VALUE);
        return new IntNode(Math.min(most, Math.max(least, words.nextInt())));
    }
}
