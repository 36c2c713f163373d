package dev.paddock.adapters.http.wire.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.adapters.http.wire.json.TopLevelFields;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.RequestTraits;
import dev.paddock.domain.routing.RoutingSettings.Affinity;
import dev.paddock.domain.routing.RunnerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the requests of the APIs of Ollama, OpenAI and Anthropic, and the durations in the answers of Ollama. Thread-safe. */
public final class JsonRequestTraits implements RequestTraits {

    /** The field of a request that names the conversation it belongs to. */
    public static final String SESSION = "X-Paddock-Session";

    private static final String NATIVE_PATHS = "/api/";
    private static final String CONTEXT_LENGTH = "num_ctx";
    private static final Set<String> LOAD_OPTIONS =
            Set.of("num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict");
    private static final Set<String> DURATIONS = Set.of("total_duration", "load_duration", "prompt_eval_duration", "eval_duration");

    @Override
    public RunnerOptions options(ExchangeRequest request) {
        OperationClass operation = request.operation().operationClass();
        boolean runsModel = operation.runsModel();
        if (!runsModel || !request.target().startsWith(NATIVE_PATHS) || !request.body().isInMemory()) {
            return RunnerOptions.ANY;
        }
        try (JsonParser parser = JsonStreams.parser(request.body().bytes())) {
            return options(parser);
        } catch (IOException notJson) {
            return RunnerOptions.ANY; // the server reports it
        }
    }

    private static RunnerOptions options(JsonParser parser) throws IOException {
        Map<String, String> found = new HashMap<>();
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_OBJECT && name.equalsIgnoreCase("options")) {
                    readOptions(parser, found);
                } else if (value.isBoolean() && name.equalsIgnoreCase("shift")) {
                    found.put("shift", parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
        String contextLength = found.remove(CONTEXT_LENGTH);
        return contextLength == null && found.isEmpty()
                ? RunnerOptions.ANY
                : new RunnerOptions(contextLength == null ? null : Integer.valueOf(contextLength), found);
    }

    private static void readOptions(JsonParser parser, Map<String, String> found) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals(CONTEXT_LENGTH) && value.isNumeric()) {
                found.put(name, String.valueOf((int) parser.getDoubleValue())); // servers cut fractions off
            } else if (LOAD_OPTIONS.contains(name) && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                found.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    @Override
    public @Nullable Long affinity(ExchangeRequest request, Affinity affinity) {
        if (affinity == Affinity.NONE) {
            return null;
        }
        String session = request.headers().first(SESSION);
        if (session != null && !session.isBlank()) {
            return Hash.of(session.strip());
        }
        boolean hasBeginning = affinity == Affinity.PREFIX
                && request.operation().operationClass() == OperationClass.GENERATE
                && request.body().isInMemory();
        return hasBeginning ? beginning(request.body()) : null;
    }

    private static @Nullable Long beginning(RequestBody body) {
        Hash hash = new Hash();
        try (JsonParser parser = JsonStreams.parser(body.bytes())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "system", "instructions", "prompt" -> hash.addValue(parser, Hash.LONGEST_TEXT);
                    case "messages", "input" -> hash.addFirstTurn(parser, value);
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException notJson) {
            return null; // the server reports it
        }
        return hash.value();
    }

    @Override
    public ExchangeRequest withModel(ExchangeRequest request, String model) {
        byte[] renamed = request.body().isInMemory() ? ModelNameRewriter.rewrite(request.body().bytes(), model) : null;
        return renamed == null ? request : request.withBody(RequestBody.of(renamed)).withModel(model);
    }

    @Override
    public Timings timings(Frame last) {
        byte[] bytes = last.bytes();
        int from = last.contentOffset();
        if (!FrameReader.startsObject(bytes, from, last.contentLength())) {
            return Timings.UNKNOWN;
        }
        byte[] content = last.contentLength() == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, from + last.contentLength());
        Map<String, Object> found = TopLevelFields.find(RequestBody.of(content), DURATIONS);
        return new Timings(
                duration(found.get("total_duration")),
                duration(found.get("load_duration")),
                duration(found.get("prompt_eval_duration")),
                duration(found.get("eval_duration")));
    }

    private static @Nullable Duration duration(@Nullable Object nanos) {
        return nanos instanceof Number number && number.longValue() >= 0 ? Duration.ofNanos(number.longValue()) : null;
    }

    /** A hash of the beginning of a conversation (FNV-1a, 64 bits). Not thread-safe. */
    private static final class Hash {

        /** The beginning of a prompt is that of its conversation; the rest differs with each question. */
        static final int LONGEST_TEXT = 512;

        private static final long OFFSET = 0xcbf29ce484222325L;
        private static final long PRIME = 0x100000001b3L;

        private long state = OFFSET;
        private boolean isEmpty = true;

        static long of(String text) {
            Hash hash = new Hash();
            hash.add(text, text.length());
            return hash.state;
        }

        /** Returns the hash, or null when nothing was added. */
        @Nullable Long value() {
            return isEmpty ? null : state;
        }

        private void add(String text, int longest) {
            isEmpty = false;
            for (byte octet : text.substring(0, Math.min(longest, text.length())).getBytes(UTF_8)) {
                state = (state ^ (octet & 0xff)) * PRIME;
            }
            state = (state ^ 0xff) * PRIME;
        }

        /** Adds the texts of the present value, also those of the objects inside it. */
        void addValue(JsonParser parser, int longest) throws IOException {
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (token != null) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.VALUE_STRING) {
                    add(parser.getText(), longest);
                }
                if (depth == 0) {
                    return;
                }
                token = parser.nextToken();
            }
        }

        /** Adds the messages up to the first one of the user; a whole text counts as one message. */
        void addFirstTurn(JsonParser parser, JsonToken value) throws IOException {
            if (value != JsonToken.START_ARRAY) {
                addValue(parser, LONGEST_TEXT);
                return;
            }
            boolean isFirstTurn = true;
            for (JsonToken message = parser.nextToken(); message != null && message != JsonToken.END_ARRAY; message = parser.nextToken()) {
                if (isFirstTurn) {
                    isFirstTurn = message != JsonToken.START_OBJECT || !addMessage(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        /** Adds a message; returns whether it is one of the user. */
        private boolean addMessage(JsonParser parser) throws IOException {
            boolean isOfUser = false;
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("role") && value == JsonToken.VALUE_STRING) {
                    isOfUser = parser.getText().equalsIgnoreCase("user");
                } else if (name.equals("content")) {
                    addValue(parser, Integer.MAX_VALUE);
                } else {
                    parser.skipChildren();
                }
            }
            return isOfUser;
        }
    }
}
