package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Makes the streaming parsers and generators that everything here uses, with limits on what a server may send.
 * Thread-safe.
 *
 * <p>Parsers of arrays read bytes that are not UTF-8 as U+FFFD, and accept the numbers {@code NaN}, {@code Infinity} and
 * {@code -Infinity}, which servers in Python and C++ write: the reader of a field decides whether it can use such a value.
 *
 * <p>Buffers come from a bounded pool: the usual one belongs to threads, and virtual threads would each fill their own.
 */
public final class JsonStreams {

    /** The deepest nesting of arrays and objects. */
    public static final int DEEPEST = 200;

    private static final int LONGEST_STRING = 16 << 20;
    private static final int LONGEST_NAME = 4096;
    static final int LONGEST_NUMBER = 100;
    private static final int POOLED_BUFFERS = 64;

    static final JsonFactory FACTORY = builder(64L << 20, 5_000_000L, LONGEST_STRING).build();

    /** Vectors cost four bytes a token, not the hundred that a free-form value may cost. */
    static final JsonFactory VECTOR_FACTORY = builder(1L << 30, 100_000_000L, LONGEST_STRING).build();

    /** Texts that are skipped may be of any length. One that is decoded is a short name, else it is an attempt to use up memory. */
    static final JsonFactory FIELD_FACTORY = builder(64L << 20, 5_000_000L, LONGEST_NAME)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // requests are read as servers read them
            .build();

    private JsonStreams() {}

    /** Returns a parser of one JSON value: at most 64 MiB, 5 million tokens, strings of 16 MiB. */
    public static JsonParser parser(byte[] json) throws IOException {
        return FACTORY.createParser(Utf8.repaired(json));
    }

    /** Returns the bytes that a parser of an array reads: the same, or a copy with U+FFFD for what is not UTF-8. */
    public static byte[] readable(byte[] json) {
        return Utf8.repaired(json);
    }

    /** Returns a parser of one JSON value in a range of bytes; otherwise the same. */
    public static JsonParser parser(byte[] json, int offset, int length) throws IOException {
        return Utf8.isBroken(json, offset, length)
                ? FACTORY.createParser(Utf8.repaired(json, offset, length))
                : FACTORY.createParser(json, offset, length);
    }

    /**
     * Returns a parser of JSON values one after the other: together as much as one for {@link #parser(byte[])}. It rejects bytes that are
     * not UTF-8.
     */
    static JsonParser parser(InputStream json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** Returns a parser of one JSON object for a short text in it: as {@link #parser(byte[])}, but with decoded strings of 4 KiB. */
    static JsonParser fieldParser(InputStream json) throws IOException {
        return FIELD_FACTORY.createParser(json);
    }

    /** Returns a parser of one JSON object in a request, for numbers and short texts in it; other texts may be of any length. */
    public static JsonParser fieldParser(RequestBody json) throws IOException {
        return fieldParser(new BodyInputStream(json));
    }

    /**
     * Returns a parser that is fed with one JSON value in pieces, and never waits for more: texts of 16 MiB, 100 million tokens. It
     * rejects bytes that are not UTF-8.
     */
    public static JsonParser pieceParser() throws IOException {
        return VECTOR_FACTORY.createNonBlockingByteArrayParser();
    }

    /** Returns a parser of an answer with vectors in UTF-8: at most 100 million tokens. */
    static JsonParser vectorParser(InputStream json) throws IOException {
        return VECTOR_FACTORY.createParser(json);
    }

    /** Returns a generator of UTF-8; closing it does not close the target. */
    public static JsonGenerator generator(OutputStream target) throws IOException {
        return FACTORY.createGenerator(target);
    }

    /** Returns a builder, because a factory that is rebuilt loses its pool of buffers. */
    private static JsonFactoryBuilder builder(long longestDocument, long mostTokens, int longestString) {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(longestString)
                        .maxNameLength(LONGEST_NAME)
                        .maxDocumentLength(longestDocument)
                        .maxTokenCount(mostTokens)
                        .build())
                .recyclerPool(JsonRecyclerPools.newBoundedPool(POOLED_BUFFERS))
                // Names come from servers: they must not fill the table of interned strings.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT);
    }
}
