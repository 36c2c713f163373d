package dev.paddock.adapters.http.wire.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.error.MalformedResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer with vectors, taken apart.
 *
 * @param format its format
 * @param vectors the vectors in the order of the texts; how many they are is not checked
 * @param rest its other fields
 * @param restLength how many bytes they have as JSON
 */
public record EmbeddingAnswer(
        EmbeddingFormat format, List<EmbeddingVector> vectors, Map<String, @Nullable Object> rest, int restLength) {

    private static final String TOTAL_DURATION = "total_duration";
    private static final String PROMPT_TOKENS = "prompt_tokens";
    private static final String TOTAL_TOKENS = "total_tokens";

    public EmbeddingAnswer {
        requireNonNull(format, "format");
        requireNonNull(rest, "rest");
        vectors = List.copyOf(vectors);
    }

    /** Takes a document apart; returns null if it is not exactly one such answer. The array is not changed. */
    public static @Nullable EmbeddingAnswer cut(EmbeddingFormat format, byte[] document) {
        try {
            return cut(format, new JsonWalk(document));
        } catch (IOException | MalformedResponseException malformed) {
            return null;
        }
    }

    private static EmbeddingAnswer cut(EmbeddingFormat format, JsonWalk walk) throws IOException {
        List<EmbeddingVector> vectors = null;
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.write('{');
        walk.pass('{');
        for (boolean isFirst = true; walk.next(isFirst, '}'); isFirst = false) {
            int start = walk.position();
            String name = walk.name();
            if (name.equals(format.vectors())) {
                if (vectors != null) {
                    throw new IOException("a name twice");
                }
                vectors = format == EmbeddingFormat.NATIVE ? vectors(walk) : numberedVectors(walk);
            } else {
                walk.skip();
                if (rest.size() > 1) {
                    rest.write(',');
                }
                rest.writeBytes(walk.since(start));
            }
        }
        walk.end();
        rest.write('}');
        Map<String, @Nullable Object> fields = PlainJson.parseObject("the answer to an embed request", rest.toString(UTF_8));
        return new EmbeddingAnswer(format, vectors == null ? List.of() : vectors, fields, rest.size());
    }

    private static List<EmbeddingVector> vectors(JsonWalk walk) throws IOException {
        List<EmbeddingVector> vectors = new ArrayList<>();
        walk.pass('[');
        for (boolean isFirst = true; walk.next(isFirst, ']'); isFirst = false) {
            vectors.add(vector(walk));
        }
        return vectors;
    }

    /** Each vector says by its index to which text it belongs; a server that gives no index means the order. */
    private static List<EmbeddingVector> numberedVectors(JsonWalk walk) throws IOException {
        NavigableMap<Integer, EmbeddingVector> vectors = new TreeMap<>();
        walk.pass('[');
        for (boolean isFirst = true; walk.next(isFirst, ']'); isFirst = false) {
            EmbeddingVector vector = null;
            int index = vectors.size();
            walk.pass('{');
            for (boolean isFirstField = true; walk.next(isFirstField, '}'); isFirstField = false) {
                String name = walk.name();
                if (name.equals("embedding")) {
                    vector = vector(walk);
                } else {
                    walk.peek();
                    int start = walk.position();
                    walk.skip();
                    index = name.equals("index") ? index(walk.since(start), index) : index;
                }
            }
            if (vector == null || vectors.put(index, vector) != null) {
                throw new IOException("an entry without a vector or a new index");
            }
        }
        if (!vectors.isEmpty() && (vectors.firstKey() != 0 || vectors.lastKey() != vectors.size() - 1)) {
            throw new IOException("an index is missing");
        }
        return List.copyOf(vectors.values());
    }

    private static int index(byte[] value, int position) throws IOException {
        String text = new String(value, UTF_8);
        if (text.equals("null")) {
            return position;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new IOException("an index that is no number");
        }
        return Integer.parseInt(text);
    }

    private static EmbeddingVector vector(JsonWalk walk) throws IOException {
        walk.peek();
        int start = walk.position();
        walk.skip();
        return VectorCheck.of(walk.since(start));
    }

    /** Returns how many tokens the texts have, or null when the answer does not say. */
    public @Nullable Long tokens() {
        return format.tokens(rest);
    }

    /**
     * Returns an answer as a document. Besides the vectors it has the other fields of an answer, with the given figures in place of its own.
     *
     * @param rest the fields of an answer without its vectors
     * @param tokens how many tokens the texts have, null when that is unknown
     * @param nanos how long the call took
     */
    public static byte[] write(
            EmbeddingFormat format, List<EmbeddingVector> vectors, Map<String, @Nullable Object> rest, @Nullable Long tokens, long nanos) {
        byte[] fields = PlainJson.toText(withFigures(format, rest, tokens, nanos)).getBytes(UTF_8);
        ByteArrayOutputStream document = new ByteArrayOutputStream(
                fields.length + 64 + vectors.stream().mapToInt(vector -> vector.json().length + 64).sum());
        document.writeBytes(Arrays.copyOf(fields, fields.length - 1));
        document.writeBytes(((fields.length > 2 ? "," : "") + "\"" + format.vectors() + "\":[").getBytes(UTF_8));
        for (int index = 0; index < vectors.size(); index++) {
            if (index > 0) {
                document.write(',');
            }
            if (format == EmbeddingFormat.OPENAI) {
                document.writeBytes("{\"object\":\"embedding\",\"embedding\":".getBytes(UTF_8));
                document.writeBytes(vectors.get(index).json());
                document.writeBytes((",\"index\":" + index + "}").getBytes(UTF_8));
            } else {
                document.writeBytes(vectors.get(index).json());
            }
        }
        document.writeBytes("]}".getBytes(UTF_8));
        return document.toByteArray();
    }

    private static Map<String, @Nullable Object> withFigures(
            EmbeddingFormat format, Map<String, @Nullable Object> rest, @Nullable Long tokens, long nanos) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(rest);
        if (format == EmbeddingFormat.NATIVE) {
            fields.computeIfPresent(TOTAL_DURATION, (name, other) -> nanos);
            replace(fields, "prompt_eval_count", tokens);
        } else if (rest.get("usage") instanceof Map<?, ?> given) {
            Map<String, @Nullable Object> usage = new LinkedHashMap<>();
            given.forEach((name, value) -> usage.put(String.valueOf(name), value));
            replace(usage, PROMPT_TOKENS, tokens);
            replace(usage, TOTAL_TOKENS, tokens);
            fields.put("usage", usage);
        }
        return fields;
    }

    private static void replace(Map<String, @Nullable Object> fields, String name, @Nullable Long tokens) {
        if (tokens == null) {
            fields.remove(name);
        } else if (fields.containsKey(name)) {
            fields.put(name, tokens);
        }
    }
}
