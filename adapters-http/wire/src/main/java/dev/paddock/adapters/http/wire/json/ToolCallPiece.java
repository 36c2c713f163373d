package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.model.generation.ToolCall;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool call, or the piece of one that an event carries. The arguments are JSON in a text, or an object; both are kept as JSON. Not
 * thread-safe.
 */
public final class ToolCallPiece implements JsonReader.Fields {

    private @Nullable Integer index;
    private String id = "";
    private String name = "";
    private String arguments = "";

    /** Creates a piece without anything. */
    public ToolCallPiece() {}

    /**
     * Creates a piece.
     *
     * @param index the number of the call in its answer, or null
     * @param id the id of the call, may be empty
     * @param name the name of the tool, may be empty
     * @param arguments JSON or a part of it
     */
    public ToolCallPiece(@Nullable Integer index, String id, String name, String arguments) {
        this.index = index;
        this.id = id;
        this.name = name;
        this.arguments = arguments;
    }

    /** Returns the piece that a free-form object is; fields of another type count as absent. */
    public static ToolCallPiece of(Map<?, ?> object) {
        Map<?, ?> function = object.get("function") instanceof Map<?, ?> map ? map : object;
        Object arguments = function.get("arguments");
        Object index = object.get("index");
        return new ToolCallPiece(
                index instanceof Integer given ? given : WireValues.index(textOf(index)),
                textOf(object.get("id")),
                textOf(function.get("name")),
                arguments instanceof Map<?, ?> ? PlainJson.toText(arguments) : textOf(arguments));
    }

    private static String textOf(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    /**
     * Returns a tool call.
     *
     * @param id the id of the call, empty when there is none
     * @param arguments JSON; blank text and null are no arguments, but blank text is incomplete if the answer was cut
     * @param isCut whether the answer was cut, so that the arguments may be incomplete
     * @throws MalformedResponseException if the arguments are not one JSON object, unless the answer was cut
     */
    @SuppressWarnings("NullAway") // javac drops the annotation inside the map's type from a record's class file
    public static ToolCall build(String id, String name, String arguments, boolean isCut) {
        String callId = id.isEmpty() ? null : id;
        String json = WellFormedText.of(arguments);
        if (isCut && json.isBlank()) {
            return ToolCall.incomplete(callId, name, json);
        }
        try {
            Map<String, @Nullable Object> values = PlainJson.parseObject("the arguments of a tool call", json);
            return new ToolCall(callId, name, values);
        } catch (MalformedResponseException notOneObject) {
            if (isCut) {
                return ToolCall.incomplete(callId, name, json);
            }
            throw notOneObject;
        }
    }

    @Override
    public void accept(String field, JsonReader value) throws IOException {
        switch (field) {
            case "index" -> index = WireValues.index(value);
            case "id" -> id = value.optional().text();
            case "function" -> readFunction(value);
            default -> acceptFunction(field, value); // some servers leave the function out
        }
    }

    /** Reads the name of the function and its arguments. */
    public void readFunction(JsonReader value) throws IOException {
        value.object(this::acceptFunction);
    }

    private void acceptFunction(String field, JsonReader part) throws IOException {
        switch (field) {
            case "name" -> name = part.text();
            case "arguments" -> arguments = part.isObject() ? PlainJson.toText(part.plainObject()) : part.textPiece();
            default -> part.skip();
        }
    }

    /** Returns whether the piece says nothing: some servers send an empty object for no call. */
    public boolean isEmpty() {
        return id.isEmpty() && name.isEmpty() && arguments.isEmpty();
    }

    /** Returns the number of the call in its answer, or null when the server gives none. */
    public @Nullable Integer index() {
        return index;
    }

    /** Returns the server's name for the call, empty when it gives none. */
    public String id() {
        return id;
    }

    /** Returns the name of the tool, empty when this piece does not have it. */
    public String name() {
        return name;
    }

    /** Returns the arguments, or a piece of them, as JSON. */
    public String arguments() {
        return arguments;
    }
}
