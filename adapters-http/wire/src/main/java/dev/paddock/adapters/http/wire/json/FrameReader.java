package dev.paddock.adapters.http.wire.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.domain.error.LlmException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of one stream, each of which is a frame, with one parser: for a usual frame it costs more to make a
 * parser than to use it. A frame that the parser rejects is read again by a new one, as {@link JsonReader#read} does, so that
 * the message about a frame does not depend on those before it. Not thread-safe.
 */
public final class FrameReader {

    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private final String what;
    private final CurrentFrame frame = new CurrentFrame();
    private @Nullable JsonParser parser;
    private @Nullable JsonReader reader; // of that parser

    /**
     * Creates a reader at the start of a stream.
     *
     * @param what names the answer, at the start of a message
     */
    public FrameReader(String what) {
        this.what = requireNonNull(what, "what");
    }

    /**
     * Reads an object in a range of bytes and gives its fields to a handler.
     *
     * @param fields makes handlers, the last of which has the fields and is returned
     * @throws dev.paddock.domain.error.MalformedResponseException if the bytes are not one JSON object, or a value has the
     *     wrong type
     * @throws dev.paddock.domain.error.GenerationFailedException if the object has an {@code error}
     */
    public <F extends JsonReader.Fields> F read(byte[] bytes, int offset, int length, Supplier<F> fields) {
        F handler = readOrNull(bytes, offset, length, fields);
        return handler == null ? JsonReader.read(what, Arrays.copyOfRange(bytes, offset, offset + length), fields.get()) : handler;
    }

    /** Reads as {@link #read} does, but returns null when the bytes are not one JSON object as it should be. */
    public <F extends JsonReader.Fields> @Nullable F readOrNull(byte[] bytes, int offset, int length, Supplier<F> fields) {
        F handler = fields.get();
        frame.set(bytes, offset, length);
        if (readOn(handler)) {
            return handler;
        }
        close();
        return null;
    }

    /** Returns whether a range of bytes begins an object, so that it is not one of the heartbeats that some servers send. */
    public static boolean startsObject(byte[] bytes, int offset, int length) {
        int index = offset;
        while (index < offset + length && isSpace(bytes[index])) {
            index++;
        }
        return index < offset + length && bytes[index] == '{';
    }

    /** Returns whether a range of bytes is one JSON value, but no object. */
    public static boolean isOtherValue(byte[] bytes, int offset, int length) {
        if (startsObject(bytes, offset, length)) {
            return false; // the usual frame
        }
        try (JsonParser parser = JsonStreams.parser(bytes, offset, length)) {
            boolean hasValue = parser.nextToken() != null && !parser.hasToken(JsonToken.START_OBJECT);
            parser.skipChildren();
            return hasValue && parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    static boolean isSpace(byte next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n';
    }

    /** Gives the buffers back; a further frame gets new ones. */
    public void close() {
        JsonParser ended = parser;
        parser = null;
        reader = null;
        if (ended != null) {
            try {
                ended.close();
            } catch (IOException impossible) {
                throw new IllegalStateException("an array could not be closed", impossible);
            }
        }
    }

    /** Returns false when the frame is not exactly one object as it should be, or the parser has read enough. */
    private boolean readOn(JsonReader.Fields fields) {
        try {
            JsonParser current = parser == null ? JsonStreams.parser(frame) : parser;
            parser = current;
            JsonReader values = reader == null ? JsonReader.over(current, what) : reader;
            reader = values;
            values.readObject(fields);
            return current.releaseBuffered(NOWHERE) == 0 && frame.isRead();
        } catch (IOException | LlmException objection) {
            return false;
        }
    }

    /** The input of the parser: it ends with each frame, and continues with the next. */
    private static final class CurrentFrame extends InputStream {

        private byte[] bytes = {};
        private int next;
        private int end;

        void set(byte[] newBytes, int offset, int length) {
            bytes = newBytes;
            next = offset;
            end = offset + length;
        }

        boolean isRead() {
            return next == end;
        }

        @Override
        public int read() {
            return next == end ? -1 : Byte.toUnsignedInt(bytes[next++]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (next == end) {
                return -1;
            }
            int count = Math.min(length, end - next);
            System.arraycopy(bytes, next, buffer, offset, count);
            next += count;
            return count;
        }
    }
}
