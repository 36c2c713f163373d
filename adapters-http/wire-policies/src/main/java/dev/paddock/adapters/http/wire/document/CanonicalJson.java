package dev.paddock.adapters.http.wire.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.adapters.http.wire.json.Utf8;
import dev.paddock.adapters.http.wire.json.WellFormedText;
import dev.paddock.domain.reuse.RequestFingerprint;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of JSON: objects with sorted names, numbers by value, strings by their characters. Two texts with the same meaning have
 * the same form, and two with different meanings never have.
 *
 * <p>A text that two parsers may understand differently has no such form: one that is not UTF-8, that has a name twice in an object, half
 * a surrogate pair, or a number that is none in JSON. Thread-safe.
 */
public final class CanonicalJson {

    private static final int LARGEST_SCALE = 100_000;

    private CanonicalJson() {}

    /**
     * Reads the one object of which a text consists, as {@link Map}s in the order of the text, {@link List}s, {@link String}s, {@link BigDecimal}s,
     * {@link Boolean}s and null.
     *
     * @throws IOException if it is something else, has no canonical form, or exceeds the limits of {@link JsonStreams}
     */
    public static Map<String, @Nullable Object> readObject(byte[] json) throws IOException {
        // The parser would recognise other encodings, and would repair this one.
        if (!beginsWithObject(json) || Utf8.isBroken(json, 0, json.length)) {
            throw new IOException("not one JSON object in UTF-8");
        }
        try (JsonParser parser = JsonStreams.parser(json)) {
            parser.nextToken();
            Map<String, @Nullable Object> object = readObject(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the object");
            }
            return object;
        } catch (ArithmeticException | NumberFormatException noDecimal) {
            throw new IOException("a number without a decimal value", noDecimal);
        }
    }

    /** Returns the canonical form of a value. */
    public static byte[] form(@Nullable Object value) {
        CanonicalForm form = new CanonicalForm();
        form.add(value);
        return form.toBytes();
    }

    /** Returns the hash of the canonical forms of some values, one after the other. */
    public static RequestFingerprint fingerprint(@Nullable Object... values) {
        CanonicalForm form = new CanonicalForm();
        for (Object value : values) {
            form.add(value);
        }
        return form.fingerprint();
    }

    private static boolean beginsWithObject(byte[] json) {
        int first = 0;
        while (first < json.length && (json[first] == ' ' || json[first] == '\t' || json[first] == '\r' || json[first] == '\n')) {
            first++;
        }
        return first + 1 < json.length && json[first] == '{' && json[first + 1] != 0;
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> wellFormed(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> usual(parser.getDecimalValue());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    /** No server can use such a number, and its trailing zeros may not be removed. */
    private static BigDecimal usual(BigDecimal number) throws IOException {
        if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
            throw new IOException("a number with an exponent beyond any use");
        }
        return number;
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (members.containsKey(wellFormed(name))) {
                throw new IOException("an object has a name twice");
            }
            members.put(name, read(parser));
        }
        return members;
    }

    private static List<@Nullable Object> readArray(JsonParser parser) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(read(parser));
        }
        return list;
    }

    /** Servers replace half a surrogate pair, and not all by the same. */
    private static String wellFormed(String text) throws IOException {
        if (!WellFormedText.of(text).equals(text)) {
            throw new IOException("a text has half a surrogate pair");
        }
        return text;
    }
}
