package dev.paddock.adapters.http.sim.format;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers of a fixed shape, read from a JSON resource. A string such as <code>{/message}</code> or
 * <code>{/count|0}</code> is a place: a JSON pointer into the values, and an optional default. A field with neither
 * value nor default is omitted.
 */
public final class Templates {
    private static final Pattern PLACE = Pattern.compile("\\{(/[^|}]*)(?:\\|(.*))?}");

    private final JsonNode templates;

    /** Reads a resource that lies beside a class. */
    public Templates(Class<?> neighbour, String resource) {
        try (InputStream in = neighbour.getResourceAsStream(resource)) {
            templates = compile(GoJson.MAPPER.readTree(in));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private record Place(JsonPointer pointer, JsonNode otherwise) { }

    private static JsonNode compile(JsonNode node) throws IOException {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(compile(field.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                array.set(index, compile(array.get(index)));
            }
        } else if (node.isTextual()) {
            Matcher place = PLACE.matcher(node.textValue());
            if (place.matches()) {
                JsonNode otherwise = GoJson.MAPPER.readTree(place.group(2) == null ? "" : place.group(2));
                return new POJONode(new Place(JsonPointer.compile(place.group(1)), otherwise));
            }
        }
        return node;
    }

    /** A new object: the template of this name, filled. */
    public ObjectNode fill(String name, JsonNode values) {
        return (ObjectNode) filled(templates.required(name), values);
    }

    private static JsonNode filled(JsonNode template, JsonNode values) {
        if (template instanceof POJONode pojo && pojo.getPojo() instanceof Place place) {
            JsonNode value = values.at(place.pointer());
            return value.isMissingNode() ? place.otherwise() : value;
        }
        if (template instanceof ObjectNode object) {
            ObjectNode copy = GoJson.object();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode value = filled(field.getValue(), values);
                if (!value.isMissingNode()) {
                    copy.set(field.getKey(), value);
                }
            }
            return copy;
        }
        if (template instanceof ArrayNode array) {
            ArrayNode copy = GoJson.array();
            array.forEach(element -> copy.add(filled(element, values)));
            return copy;
        }
        return template;
    }
}
