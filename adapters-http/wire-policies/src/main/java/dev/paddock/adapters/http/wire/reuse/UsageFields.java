package dev.paddock.adapters.http.wire.reuse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.model.TokenUsage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the counts of tokens in answers and pieces of any API. */
final class UsageFields {

    private static final List<String> PROMPT = List.of("prompt_eval_count", "prompt_tokens", "input_tokens");
    private static final List<String> COMPLETION = List.of("eval_count", "completion_tokens", "output_tokens");

    private UsageFields() {}

    /** Returns the last counts in the pieces of an answer, or in the one piece that is all of it. */
    static TokenUsage in(List<Map<String, @Nullable Object>> pieces) {
        Integer prompt = null;
        Integer completion = null;
        for (Map<String, @Nullable Object> piece : pieces) {
            for (Map<String, @Nullable Object> holder : List.of(
                    piece,
                    StreamForm.object(piece, "usage"),
                    StreamForm.object(StreamForm.object(piece, "message"), "usage"),
                    StreamForm.object(StreamForm.object(piece, "response"), "usage"))) {
                prompt = last(holder, PROMPT, prompt);
                completion = last(holder, COMPLETION, completion);
            }
        }
        return new TokenUsage(prompt, completion);
    }

    /** Returns the counts in an answer with vectors, which are skipped. */
    static TokenUsage inVectors(byte[] document) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = JsonStreams.parser(document)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    parser.skipChildren();
                } else {
                    fields.put(name, PlainJson.read(parser));
                }
            }
        }
        return in(List.of(fields));
    }

    private static @Nullable Integer last(Map<String, @Nullable Object> holder, List<String> names, @Nullable Integer before) {
        Integer last = before;
        for (String name : names) {
            if (holder.get(name) instanceof Number count && count.longValue() >= 0 && count.longValue() <= Integer.MAX_VALUE) {
                last = count.intValue();
            }
        }
        return last;
    }
}
