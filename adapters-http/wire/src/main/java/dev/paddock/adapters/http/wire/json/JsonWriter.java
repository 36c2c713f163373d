package dev.paddock.adapters.http.wire.json;


import com.fasterxml.jackson.core.JsonGenerator;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object as UTF-8, straight into a growing array. A field whose value is null is left out. Not
 * thread-safe.
 */
public final class JsonWriter {

    private final JsonGenerator generator;

    private JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /**
     * Returns the bytes of an object.
     *
     * @throws InvalidRequestException if a value has no JSON form
     */
    public static byte[] write(Content fields) {
        // Empty at first: the generator hands over what it has written at its end, most requests in one piece.
        ByteArrayOutputStream target = new ByteArrayOutputStream(0);
        try (JsonGenerator generator = JsonStreams.generator(target)) {
            generator.writeStartObject();
            fields.write(new JsonWriter(generator));
            generator.writeEndObject();
        } catch (IOException broken) {
            // An array takes everything, so it is not the writing that failed.
            throw new InvalidRequestException("the request has no JSON form", ErrorFacts.NONE, broken);
        } catch (IllegalArgumentException withoutForm) {
            throw new InvalidRequestException(
                    "the request has a value without a JSON form: " + withoutForm.getMessage(),
                    ErrorFacts.NONE,
                    withoutForm);
        }
        return target.toByteArray();
    }

    /** Writes a text. */
    public void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            generator.writeStringField(name, value);
        }
    }

    /** Writes a truth value. */
    public void flag(String name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            generator.writeBooleanField(name, value);
        }
    }

    /** Writes a free-form value. */
    public void plain(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            PlainJson.write(generator, value);
        }
    }

    /** Writes an object. */
    public void object(String name, Content fields) throws IOException {
        generator.writeObjectFieldStart(name);
        fields.write(this);
        generator.writeEndObject();
    }

    /** Writes an array of objects. */
    public <T> void objects(String name, List<T> values, ObjectContent<T> content) throws IOException {
        generator.writeArrayFieldStart(name);
        for (T value : values) {
            generator.writeStartObject();
            content.write(this, value);
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    /** Writes an array of texts. */
    public void texts(String name, Iterable<String> values) throws IOException {
        generator.writeArrayFieldStart(name);
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
    }

    /** Writes an array of numbers. */
    public void numbers(String name, int[] values) throws IOException {
        generator.writeFieldName(name);
        generator.writeArray(values, 0, values.length);
    }

    /** Writes the fields of an object. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes the fields.
         *
         * @throws IOException if a value has no JSON form
         */
        void write(JsonWriter json) throws IOException;
    }

    /**
     * Writes the fields of an object that stands for a value.
     *
     * @param <T> the value
     */
    @FunctionalInterface
    public interface ObjectContent<T> {

        /**
         * Writes the fields.
         *
         * @throws IOException if a value has no JSON form
         */
        void write(JsonWriter json, T value) throws IOException;
    }
}
