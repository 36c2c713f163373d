package dev.paddock.adapters.http.sim.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The fields of a request body, read as Go's {@code encoding/json} reads them: names match without regard to case,
 * null counts as absent, unknown names are ignored, wrong types are refused with Go's words.
 *
 * @param node the object
 * @param type Go's name of what it is decoded into, for messages
 */
public record RequestFields(ObjectNode node, String type) {
    public static RequestFields parse(byte[] body, String type) {
        JsonNode value = read(body);
        if (value.isNull()) {
            return new RequestFields(GoJson.object(), type);
        }
        if (value instanceof ObjectNode object) {
            return new RequestFields(object, type);
        }
        throw new ApiException(400, "json: cannot unmarshal " + kind(value) + " into Go value of type api." + type);
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode value = GoJson.MAPPER.readTree(body);
            if (value == null || value.isMissingNode()) {
                throw new ApiException(400, ErrorTexts.MISSING_BODY);
            }
            return value;
        } catch (JsonEOFException end) {
            throw new ApiException(400, "unexpected EOF");
        } catch (JsonProcessingException malformed) {
            throw new ApiException(400, JsonSyntaxMessage.of(body, malformed));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The value of a field, or a missing node when it is absent or null. */
    public JsonNode raw(String name) {
        JsonNode exact = node.get(name);
        JsonNode found = exact != null ? exact : ignoringCase(name);
        return found.isNull() ? MissingNode.getInstance() : found;
    }

    private JsonNode ignoringCase(String name) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    public boolean has(String name) {
        return !raw(name).isMissingNode();
    }

    public String text(String name) {
        JsonNode value = raw(name);
        if (value.isMissingNode()) {
            return "";
        }
        if (!value.isTextual()) {
            throw mismatch(name, value, "string");
        }
        return value.textValue();
    }

    public Optional<Boolean> flag(String name) {
        JsonNode value = raw(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw mismatch(name, value, "bool");
        }
        return Optional.of(value.booleanValue());
    }

    public Optional<Integer> integer(String name) {
        JsonNode value = raw(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber()) {
            throw mismatch(name, value, "int");
        }
        return Optional.of(value.intValue());
    }

    public List<JsonNode> list(String name, String elementType) {
        JsonNode value = raw(name);
        if (value.isMissingNode()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw mismatch(name, value, "[]" + elementType);
        }
        return StreamSupport.stream(value.spliterator(), false).toList();
    }

    /** The fields of an object inside this one; no fields when it is absent. */
    public RequestFields inner(String name, String innerType) {
        JsonNode value = raw(name);
        if (value.isMissingNode()) {
            return new RequestFields(GoJson.object(), innerType);
        }
        if (value instanceof ObjectNode object) {
            return new RequestFields(object, innerType);
        }
        throw mismatch(name, value, innerType);
    }

    public ApiException mismatch(String name, JsonNode value, String wanted) {
        return new ApiException(400, "json: cannot unmarshal " + kind(value) + " into Go struct field "
            + type + "." + name + " of type " + wanted);
    }

    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "array";
            case OBJECT, POJO -> "object";
            case BOOLEAN -> "bool";
            case NUMBER -> "number";
            case STRING, BINARY -> "string";
            case NULL, MISSING -> "null";
        };
    }
}
