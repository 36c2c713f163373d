package dev.paddock.adapters.http.sim.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The fields of a request body, read as Go's {@code encoding/json} reads them: names match without regard to case,
 * null counts as absent, unknown names are ignored, wrong types are refused with Go's message.
 *
 * @param node the object
 * @param type Go's name of what it is decoded into, for messages
 */
public record RequestFields(ObjectNode node, String type) {
    /** Makes fields from a copy of the object, with names in lower case and without nulls. */
    public RequestFields {
        ObjectNode present = GoJson.object();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isNull()) {
                present.set(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue());
            }
        }
        node = present;
    }

    /** Reads the first JSON value of a body. */
    public static RequestFields parse(byte[] body, String type) {
        JsonNode value = read(body);
        if (value.isNull()) {
            return new RequestFields(GoJson.object(), type);
        }
        if (value instanceof ObjectNode object) {
            return new RequestFields(object, type);
        }
        throw OllamaError.WRONG_VALUE.with(kind(value), type);
    }

    private static JsonNode read(byte[] body) {
        try {
            JsonNode value = GoJson.MAPPER.readTree(body);
            if (value == null || value.isMissingNode()) {
                throw OllamaError.MISSING_BODY.with();
            }
            return value;
        } catch (JsonEOFException end) {
            throw OllamaError.UNEXPECTED_END.with();
        } catch (JsonProcessingException malformed) {
            throw syntaxError(body, malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Go's message for a syntax error, as far as the position allows. */
    private static ApiException syntaxError(byte[] body, JsonProcessingException malformed) {
        if (new String(body, StandardCharsets.UTF_8).isBlank()) {
            return OllamaError.EMPTY_BODY.with();
        }
        long offset = malformed.getLocation() == null ? 0 : malformed.getLocation().getByteOffset() - 1;
        byte found = body[(int) Math.max(0, Math.min(offset, body.length - 1L))];
        boolean printable = found >= ' ' && found < 0x7F;
        return OllamaError.INVALID_CHARACTER.with(
            printable ? String.valueOf((char) found) : String.format(Locale.ROOT, "\\x%02x", found));
    }

    /** The value of a field, or a missing node when it is absent or null. */
    public JsonNode raw(String name) {
        return node.path(name);
    }

    /** Whether a field is there and not null. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** A string; empty when it is absent. */
    public String text(String name) {
        return typed(name, "string", JsonNode::isTextual).asText("");
    }

    /** A boolean, or this one when it is absent. */
    public boolean flag(String name, boolean otherwise) {
        return typed(name, "bool", JsonNode::isBoolean).asBoolean(otherwise);
    }

    /** A whole number; zero when it is absent. */
    public int integer(String name) {
        return typed(name, "int", JsonNode::isIntegralNumber).asInt(0);
    }

    /** The elements of an array; none when it is absent. */
    public List<JsonNode> list(String name, String elementType) {
        return typed(name, "[]" + elementType, JsonNode::isArray).valueStream().toList();
    }

    /** The elements of an array of objects, each as fields of its own; none when it is absent. */
    public List<RequestFields> objects(String name, String elementType) {
        return list(name, elementType).stream().map(element -> {
            if (element instanceof ObjectNode object) {
                return new RequestFields(object, type + "." + name);
            }
            throw mismatch(name, element, elementType);
        }).toList();
    }

    /** The fields of an object inside this one; no fields when it is absent. */
    public RequestFields inner(String name, String innerType) {
        JsonNode value = typed(name, innerType, JsonNode::isObject);
        return new RequestFields(value instanceof ObjectNode object ? object : GoJson.object(), innerType);
    }

    /** The value of a field, or a missing node; refuses a value that does not fit the type wanted. */
    public JsonNode typed(String name, String wanted, Predicate<JsonNode> fits) {
        JsonNode value = raw(name);
        if (!value.isMissingNode() && !fits.test(value)) {
            throw mismatch(name, value, wanted);
        }
        return value;
    }

    /** The error for a field whose value cannot be decoded into the type wanted. */
    public ApiException mismatch(String name, JsonNode value, String wanted) {
        return OllamaError.WRONG_FIELD.with(kind(value), type, name, wanted);
    }

    /** Go's name for the kind of a value. */
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
