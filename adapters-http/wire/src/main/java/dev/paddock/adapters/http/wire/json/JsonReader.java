package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.MalformedResponseException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object of an answer, value by value. Null counts as absent everywhere. A value of another type than expected is a
 * {@link MalformedResponseException} that says where it stands, or unknown if the field is read as {@link #optional}. Not thread-safe.
 */
public final class JsonReader {

    private final JsonParser parser;
    private final String what;
    private final @Nullable VectorDocument document; // what the parser reads, if vectors are expected
    private final boolean strict;
    private final TextSlice slice = new TextSlice(); // stands for the text that is read, because each frame has several
    private final JsonReader lenient; // reads the same values as optional ones

    private JsonReader(JsonParser parser, String what, @Nullable VectorDocument document) {
        this.parser = parser;
        this.what = what;
        this.document = document;
        this.strict = true;
        this.lenient = new JsonReader(this);
    }

    private JsonReader(JsonReader strictReader) {
        this.parser = strictReader.parser;
        this.what = strictReader.what;
        this.document = null;
        this.strict = false;
        this.lenient = this;
    }

    /** Returns a reader that continues where a parser stands. */
    static JsonReader over(JsonParser parser, String what) {
        return new JsonReader(parser, what, null);
    }

    /**
     * Returns a reader of the same value for a field without which the answer is of use. A value of another type, or a number out of
     * range, counts as null there; in an object or an array that applies to each value in it.
     */
    public JsonReader optional() {
        return lenient;
    }

    /**
     * Reads an object and passes its fields to a handler.
     *
     * @param what names the answer, at the start of a message
     * @return the handler
     * @throws MalformedResponseException if the bytes are not one JSON object, or a value has the wrong type
     * @throws GenerationFailedException if the object has an {@code error}
     */
    public static <F extends Fields> F read(String what, byte[] json, F fields) {
        try (JsonParser parser = JsonStreams.parser(json)) {
            over(parser, what).readAll(fields);
            return fields;
        } catch (IOException broken) {
            throw MalformedJson.toException(what, broken);
        }
    }

    /**
     * Reads a list that is the whole document, or a field of the object that is the document.
     *
     * @param list the name of that field
     * @param elements handles the elements; null has none
     * @throws MalformedResponseException if the bytes are not such a list
     * @throws GenerationFailedException if the object has an {@code error}
     */
    public static void readList(String what, byte[] json, String list, Elements elements) {
        try (JsonParser parser = JsonStreams.parser(json)) {
            JsonReader reader = over(parser, what);
            reader.startDocument();
            if (parser.hasToken(JsonToken.START_ARRAY)) {
                reader.remaining(elements);
            } else {
                reader.topLevelFields((name, value) -> {
                    if (name.equals(list)) {
                        value.array(elements);
                    } else {
                        value.skip();
                    }
                });
            }
            reader.endDocument();
        } catch (IOException broken) {
            throw MalformedJson.toException(what, broken);
        }
    }

    /** Reads an object with many vectors: at most 100 million tokens; otherwise the same. The array is not changed. */
    public static <F extends Fields> F readVectors(String what, byte[] json, F fields) {
        VectorDocument document = new VectorDocument(Utf8.repaired(json));
        try (JsonParser parser = JsonStreams.vectorParser(document)) {
            new JsonReader(parser, what, document).readAll(fields);
            return fields;
        } catch (IOException broken) {
            throw MalformedJson.toException(what, broken, document::column);
        }
    }

    /** Skips the value. */
    public void skip() throws IOException {
        parser.skipChildren();
    }

    /** Returns whether the value is null. */
    public boolean isNull() {
        return parser.hasToken(JsonToken.VALUE_NULL);
    }

    /** Returns whether the value is a text. */
    public boolean isText() {
        return parser.hasToken(JsonToken.VALUE_STRING);
    }

    /** Returns whether the value is an object. */
    public boolean isObject() {
        return parser.hasToken(JsonToken.START_OBJECT);
    }

    /** Returns whether the value is an array. */
    public boolean isArray() {
        return parser.hasToken(JsonToken.START_ARRAY);
    }

    /** Returns a text, or the empty text for null. */
    public String text() throws IOException {
        return WellFormedText.of(textPiece());
    }

    /** Returns a text, or null for null. */
    public @Nullable String textOrNull() throws IOException {
        return isNull() || !is(isText(), "a text") ? null : WellFormedText.of(parser.getText());
    }

    /** Returns a piece of a text, which may begin or end with half of a surrogate pair; the empty text for null. */
    public String textPiece() throws IOException {
        return isNull() || !is(isText(), "a text") ? "" : parser.getText();
    }

    /** Returns a text, or the empty text for null; the given object if it is equal, so that none is created. */
    public String text(String likely) throws IOException {
        return isText(likely) ? likely : text();
    }

    /** Returns whether the value is the given text. */
    public boolean isText(String expected) throws IOException {
        return isText() && expected.contentEquals(characters());
    }

    /** Returns the characters of a text where they lie: they are gone when the next value is read. */
    CharSequence characters() throws IOException {
        require(isText(), "a text");
        return slice.of(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
    }

    /** Returns the texts of an array, none for null. */
    public List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        array(element -> {
            String text = element.textOrNull();
            if (text != null) {
                texts.add(text);
            }
        });
        return texts;
    }

    /** Returns a truth value, false for null. */
    public boolean booleanValue() throws IOException {
        return !isNull() && is(parser.currentToken().isBoolean(), "true or false") && parser.hasToken(JsonToken.VALUE_TRUE);
    }

    /** Returns a whole number, or null for null. */
    public @Nullable Long longOrNull() throws IOException {
        return number(JsonParser::getLongValue);
    }

    /** Returns a whole number of 32 bits, or null for null. */
    public @Nullable Integer intOrNull() throws IOException {
        return number(JsonParser::getIntValue);
    }

    /** Returns a finite number, or null for null. */
    public @Nullable Double doubleOrNull() throws IOException {
        Double number = number(JsonParser::getDoubleValue);
        return number == null || !is(Double.isFinite(number), "a finite number") ? null : number;
    }

    /** Returns a finite number of single precision, without an object in between; there is no optional form. */
    public float floatValue() throws IOException {
        require(parser.currentToken().isNumeric(), "a number");
        float number = parser.getFloatValue();
        require(Float.isFinite(number), "a finite number of 32 bits");
        // The parser takes -0 for a whole number, which has no sign at zero.
        return number == 0 && parser.getText().startsWith("-") ? -0.0f : number;
    }

    /** Returns the bytes of a base64 text. */
    public byte[] base64() throws IOException {
        require(isText(), "a base64 text");
        return parser.getBinaryValue();
    }

    /** Returns a free-form value. */
    public @Nullable Object plain() throws IOException {
        return PlainJson.read(parser);
    }

    /** Returns a free-form object, empty for null. */
    public Map<String, @Nullable Object> plainObject() throws IOException {
        return isNull() || !is(isObject(), "an object") ? Map.of() : PlainJson.readObject(parser);
    }

    /** Passes the fields of an object to a handler; null has none. */
    public void object(Fields fields) throws IOException {
        if (isNull() || !is(isObject(), "an object")) {
            return;
        }
        for (String name = nextField(); name != null; name = nextField()) {
            fields.accept(name, this);
        }
    }

    /** Passes the elements of an array to a handler; null has none. */
    public void array(Elements elements) throws IOException {
        if (!isNull() && is(isArray(), "an array")) {
            remaining(elements);
        }
    }

    /** Adds the vectors of an array to a list; null has none. */
    public void vectors(VectorList vectors) throws IOException {
        if (document == null || !isArray()) {
            array(vectors);
            return;
        }
        if (document.isAt(parser.currentLocation())) {
            vectors.addAll(document.takeVectors(parser.currentLocation().getLineNr()));
        }
        remaining(vectors);
    }

    /** Returns the whole numbers of 32 bits of an array, or null for null and for an array with something else in it. */
    public int @Nullable [] intsOrNull() throws IOException {
        IntStream.Builder numbers = IntStream.builder();
        boolean[] complete = {isArray()};
        array(element -> {
            Integer number = element.intOrNull();
            complete[0] &= number != null;
            numbers.add(number == null ? 0 : number);
        });
        return complete[0] ? numbers.build().toArray() : null;
    }

    /** Throws unless the value is as expected; says what belongs there and what stands there, but not its content. */
    public void require(boolean condition, String expected) {
        if (!condition) {
            throw new MalformedResponseException(
                    what + " has " + MalformedJson.describe(parser.currentToken()) + " at " + MalformedJson.location(parser)
                            + " where " + expected + " belongs",
                    ErrorFacts.NONE);
        }
    }

    /** Returns the condition; where it does not hold, a strict reader throws, and a lenient one skips the value. */
    private boolean is(boolean condition, String expected) throws IOException {
        if (strict) {
            require(condition, expected);
        } else if (!condition) {
            skip();
        }
        return condition;
    }

    private <N> @Nullable N number(NumberConversion<N> conversion) throws IOException {
        if (isNull() || !is(parser.currentToken().isNumeric() && !parser.isNaN(), "a number")) {
            return null;
        }
        try {
            return conversion.convert(parser);
        } catch (InputCoercionException outOfRange) {
            if (strict) {
                throw outOfRange;
            }
            return null;
        }
    }

    private void remaining(Elements elements) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.accept(this);
        }
    }

    private void readAll(Fields fields) throws IOException {
        readObject(fields);
        endDocument();
    }

    /** Reads the next object and leaves the parser at its end. */
    void readObject(Fields fields) throws IOException {
        startDocument();
        topLevelFields(fields);
    }

    private void startDocument() throws IOException {
        if (parser.nextToken() == null) {
            throw new MalformedResponseException(what + " is empty", ErrorFacts.NONE);
        }
    }

    private void endDocument() throws IOException {
        if (parser.nextToken() != null) {
            throw new MalformedResponseException(what + " is followed by further text", ErrorFacts.NONE);
        }
    }

    private void topLevelFields(Fields fields) throws IOException {
        require(isObject(), "an object");
        for (String name = nextField(); name != null; name = nextField()) {
            if (name.equals("error")) {
                requireNone(plain());
            } else {
                fields.accept(name, this);
            }
        }
    }

    private static void requireNone(@Nullable Object error) {
        if (!ReportedError.isNone(error)) {
            throw new GenerationFailedException(ErrorBodyParser.text(error, ErrorBodyParser.UNKNOWN), ErrorFacts.NONE);
        }
    }

    /** Goes to the value of the next field and returns its name, or null at the end of the object. */
    private @Nullable String nextField() throws IOException {
        String name = parser.nextFieldName();
        if (name != null) {
            parser.nextToken();
        }
        return name;
    }

    /** Converts the number at which a parser stands. */
    private interface NumberConversion<N> {

        N convert(JsonParser parser) throws IOException;
    }

    /** Handles the fields of one JSON object as they come, in any order. */
    @FunctionalInterface
    public interface Fields {

        /**
         * Handles one field. It must read the value, or {@link JsonReader#skip} it.
         *
         * @throws IOException if the JSON is broken
         */
        void accept(String name, JsonReader value) throws IOException;
    }

    /** Handles the elements of one JSON array in order. */
    @FunctionalInterface
    public interface Elements {

        /**
         * Handles one element. It must read the value, or {@link JsonReader#skip} it.
         *
         * @throws IOException if the JSON is broken
         */
        void accept(JsonReader value) throws IOException;
    }
}
