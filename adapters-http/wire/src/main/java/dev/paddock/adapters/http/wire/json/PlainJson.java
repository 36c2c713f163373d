package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Free-form JSON as plain Java: null, {@link Boolean}, {@link Number}, {@link String}, {@link List} and {@link Map}, in
 * the order of the wire. Of a key that stands twice the last value counts. NaN and the infinities are read as null.
 */
public final class PlainJson {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private PlainJson() {}

    /** Returns an object with the given names and values, alternately; a value may be null. The caller may change it. */
    public static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            fields.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        return fields;
    }

    /**
     * Returns a value as JSON in one line.
     *
     * @throws IllegalArgumentException if it has no JSON form: a number that is not finite, or an unknown type
     */
    public static String toText(@Nullable Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator generator = JsonStreams.generator(bytes)) {
            write(generator, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toString(UTF_8);
    }

    /**
     * Returns the value that a JSON text is.
     *
     * @throws IllegalArgumentException if it is not exactly one JSON value
     */
    public static @Nullable Object fromText(String text) {
        return fromText(text, false);
    }

    /**
     * Returns the value that a JSON text is. Unlike {@link #fromText}, it accepts no object with a name twice: which value was meant is a guess.
     *
     * @throws IllegalArgumentException if it is not exactly one JSON value, or is ambiguous
     */
    public static @Nullable Object fromUnambiguousText(String text) {
        return fromText(text, true);
    }

    private static @Nullable Object fromText(String text, boolean isUnambiguous) {
        try (JsonParser parser = JsonStreams.parser(text.getBytes(UTF_8))) {
            parser.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, isUnambiguous);
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("no JSON value");
            }
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("more than one JSON value");
            }
            return value;
        } catch (IOException notJson) {
            throw new IllegalArgumentException("no JSON", notJson);
        }
    }

    /** Reads the value at which the parser stands, and leaves it at the value's last token. */
    public static @Nullable Object read(JsonParser parser) throws IOException {
        return read(parser, WellFormedText::of);
    }

    /**
     * Reads an object that is a piece of an answer: its texts may begin or end with half of a surrogate pair.
     *
     * @param what names the answer, at the start of a message
     * @throws MalformedResponseException if a range of bytes is not exactly one JSON object
     */
    public static Map<String, @Nullable Object> readPiece(String what, byte[] json, int offset, int length) {
        try (JsonParser parser = JsonStreams.parser(json, offset, length)) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            Map<String, @Nullable Object> object = isObject ? readObject(parser, text -> text) : Map.of();
            if (!isObject || parser.nextToken() != null) {
                throw new MalformedResponseException(what + " has a part that is not one JSON object", ErrorFacts.NONE);
            }
            return object;
        } catch (IOException broken) {
            throw MalformedJson.toException(what, broken);
        }
    }

    private static @Nullable Object read(JsonParser parser, UnaryOperator<String> texts) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser, texts);
            case START_ARRAY -> readArray(parser, texts);
            case VALUE_STRING -> texts.apply(parser.getText());
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.isNaN() ? null : readDecimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /**
     * Reads an object from JSON that stands in a text; blank text and null are an empty object.
     *
     * @param what names the object, at the start of a message
     * @throws MalformedResponseException if it is something else
     */
    public static Map<String, @Nullable Object> parseObject(String what, String json) {
        if (json.isBlank()) {
            return Map.of();
        }
        try (JsonParser parser = JsonStreams.parser(json.getBytes(UTF_8))) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            Map<String, @Nullable Object> object = isObject ? readObject(parser) : Map.of();
            boolean isNothing = parser.hasToken(JsonToken.VALUE_NULL);
            if (!(isObject || isNothing) || parser.nextToken() != null) {
                throw new MalformedResponseException(what + " are not one JSON object", ErrorFacts.NONE);
            }
            return object;
        } catch (IOException broken) {
            throw MalformedJson.toException(what, broken);
        }
    }

    /** Reads the object at whose start the parser stands, and leaves it at the object's end. */
    public static Map<String, @Nullable Object> readObject(JsonParser parser) throws IOException {
        return readObject(parser, WellFormedText::of);
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser, UnaryOperator<String> texts) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            map.put(texts.apply(name), read(parser, texts));
        }
        return map;
    }

    /**
     * Writes a value.
     *
     * @throws IllegalArgumentException if it has no JSON form: a number that is not finite, or an unknown type
     */
    public static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Boolean flag -> generator.writeBoolean(flag);
            case Number number -> writeNumber(generator, number);
            case String text -> generator.writeString(text);
            case List<?> list -> {
                generator.writeStartArray();
                for (Object element : list) {
                    write(generator, element);
                }
                generator.writeEndArray();
            }
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(generator, entry.getValue());
                }
                generator.writeEndObject();
            }
            default -> throw new IllegalArgumentException("a value of type " + value.getClass().getName());
        }
    }

    private static List<@Nullable Object> readArray(JsonParser parser, UnaryOperator<String> texts) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(parser, texts));
        }
        return list;
    }

    private static Number readDecimal(JsonParser parser) throws IOException {
        double number = parser.getDoubleValue();
        return Double.isFinite(number) ? number : parser.getDecimalValue();
    }

    private static void writeNumber(JsonGenerator generator, Number number) throws IOException {
        String text = number.toString();
        if (!isInJson(number, text)) {
            throw new IllegalArgumentException("a number that is not finite");
        }
        generator.writeNumber(text);
    }

    /** Returns whether JSON has the number; its type says so, unless it is one of another library. */
    private static boolean isInJson(Number number, String text) {
        return switch (number) {
            case Double value -> Double.isFinite(value);
            case Float value -> Float.isFinite(value);
            case Integer value -> true;
            case Long value -> true;
            default -> NUMBER.matcher(text).matches();
        };
    }
}
