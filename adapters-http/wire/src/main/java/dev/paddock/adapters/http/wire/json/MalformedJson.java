package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import java.io.IOException;
import java.util.function.ToLongFunction;

/**
 * Describes what is wrong with JSON without quoting it: the parser's own messages repeat what people and models wrote, so
 * neither they nor their exceptions go any further.
 */
final class MalformedJson {

    private static final int LONGEST_PLACE = 80;

    private MalformedJson() {}

    static MalformedResponseException toException(String what, IOException broken) {
        return toException(what, broken, JsonLocation::getColumnNr);
    }

    /**
     * Returns the failure of an answer.
     *
     * @param column returns the column in the answer for a location that the parser reports
     */
    static MalformedResponseException toException(String what, IOException broken, ToLongFunction<JsonLocation> column) {
        String reason = switch (broken) {
            case StreamConstraintsException limit -> " goes beyond a limit: " + withoutTypes(limit);
            case JsonEOFException end -> " ends in the middle of its JSON" + location(end.getLocation(), column);
            case InputCoercionException range -> " has a number out of range" + location(range.getLocation(), column);
            case JsonProcessingException syntax -> " is not valid JSON" + location(syntax.getLocation(), column);
            default -> " is not valid JSON";
        };
        return new MalformedResponseException(what + reason, ErrorFacts.NONE);
    }

    static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a truth value";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    /** Returns where the parser stands as a JSON pointer; names come from the server, so they are cut and cleaned. */
    static String location(JsonParser parser) {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        String clean = pointer.replaceAll("[^\\x21-\\x7e]", "?");
        if (clean.isEmpty()) {
            return "its start";
        }
        return clean.length() <= LONGEST_PLACE ? clean : clean.substring(0, LONGEST_PLACE) + "...";
    }

    private static String withoutTypes(StreamConstraintsException limit) {
        return limit.getOriginalMessage().replaceAll(",? ?\\(?from `[^`]*`\\)?", "");
    }

    private static String location(JsonLocation location, ToLongFunction<JsonLocation> column) {
        return " (line " + location.getLineNr() + ", column " + column.applyAsLong(location) + ")";
    }
}
