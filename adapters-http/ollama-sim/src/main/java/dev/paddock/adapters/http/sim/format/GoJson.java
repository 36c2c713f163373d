package dev.paddock.adapters.http.sim.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON as a Go program writes it. */
public final class GoJson {
    private static final int LONGEST_STRING = 256 * 1024 * 1024;
    /** A surrogate in a pair is no code point of its own and does not match. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    /** Reads and writes JSON with Go's escapes. */
    public static final ObjectMapper MAPPER = new ObjectMapper(factory());

    private GoJson() {
    }

    private static JsonFactory factory() {
        JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_STRING).build())
            .build();
        factory.setCharacterEscapes(new Escapes());
        return factory;
    }

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** The text of a value, without white space between tokens. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** UTF-8 with U+FFFD in place of lone surrogates, which is what Go makes of them. */
    public static byte[] bytes(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD").getBytes(StandardCharsets.UTF_8);
    }

    /** A copy whose objects, at every depth, list their keys backwards. */
    public static JsonNode backwards(JsonNode node) {
        if (node instanceof ArrayNode elements) {
            ArrayNode copy = array();
            elements.forEach(element -> copy.add(backwards(element)));
            return copy;
        }
        if (node instanceof ObjectNode fields) {
            List<Map.Entry<String, JsonNode>> entries = new ArrayList<>(fields.properties());
            Collections.reverse(entries);
            ObjectNode copy = object();
            entries.forEach(entry -> copy.set(entry.getKey(), backwards(entry.getValue())));
            return copy;
        }
        return node;
    }

    /** Escapes {@code <}, {@code >}, {@code &} and the two Unicode line separators, but not U+0085. */
    private static final class Escapes extends CharacterEscapes {
        @Serial
        private static final long serialVersionUID = 1L;
        private static final char FIRST_PRINTABLE = ' ';
        private static final String ESCAPED = "<>&" + (char) 0x2028 + (char) 0x2029;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            for (char character = 0; character < codes.length; character++) {
                if (codes[character] < 0 || ESCAPED.indexOf(character) >= 0) {
                    codes[character] = ESCAPE_CUSTOM;
                }
            }
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            boolean escaped = character < FIRST_PRINTABLE || ESCAPED.indexOf(character) >= 0;
            return escaped ? new SerializedString(String.format("\\u%04x", character)) : null;
        }
    }
}
