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
 * <code>{/count|0}</code> is a placeholder: a JSON pointer into the values, and an optional default. A field with neither
 * value nor default is omitted.
 */
public final class Templates {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(/[^|}]*)(?:\\|(.*))?}");

    private final JsonNode templates;

    /** Reads a resource in the package of a class. */
    public Templates(Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            templates = compile(GoJson.MAPPER.readTree(in));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private record Placeholder(JsonPointer pointer, JsonNode defaultValue) { }

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
            Matcher place = PLACEHOLDER.matcher(node.textValue());
            if (place.matches()) {
                JsonNode defaultValue = GoJson.MAPPER.readTree(place.group(2) == null ? "" : place.group(2));
                return new POJONode(new Placeholder(JsonPointer.compile(place.group(1)), defaultValue));
            }
        }
        return node;
    }

    /** Returns a new object: the template of the given name, with its placeholders replaced by the values. */
    public ObjectNode fill(String name, JsonNode values) {
        return (ObjectNode) filled(templates.required(name), values);
    }

    private static JsonNode filled(JsonNode template, JsonNode values) {
        if (template instanceof POJONode pojo && pojo.getPojo() instanceof Placeholder placeholder) {
            JsonNode value = values.at(placeholder.pointer());
            return value.isMissingNode() ? placeholder.defaultValue() : value;
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
