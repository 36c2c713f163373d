package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.CanonicalJson;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.semantic.Question;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the last turn of the user out of requests of all dialects. */
public final class QuestionReader {

    /** Stands for the text in the hash of the rest; a request with a text cannot have it there. */
    private static final Boolean PLACE = true;

    private QuestionReader() {}

    /**
     * Returns the question of a request that can be reused, or null when the request does not end with one text of the user: after a result
     * of a tool, with pictures, or with a text to be filled in.
     */
    public static @Nullable Question of(ExchangeRequest request, CallContext context) {
        ReuseEndpoint endpoint = ReuseEndpoint.of(request.target());
        if (endpoint == null || endpoint.isEmbedding() || !request.body().isInMemory()) {
            return null;
        }
        try {
            Map<String, @Nullable Object> fields = CanonicalJson.readObject(request.body().bytes());
            JsonReuseClassifier.removeAbsent(fields);
            String text = isSet(fields.get("images")) || isSet(fields.get("suffix")) ? null : take(fields, endpoint.prompt());
            return text == null
                    ? null
                    : new Question(JsonReuseClassifier.fingerprint(request, context, fields, ReuseKind.DETERMINISTIC), text);
        } catch (IOException withoutCanonicalForm) {
            return null;
        }
    }

    private static @Nullable String take(Map<String, @Nullable Object> fields, String name) {
        return switch (fields.get(name)) {
            case String text -> {
                fields.put(name, PLACE);
                yield text;
            }
            case List<?> turns when !turns.isEmpty() && turns.getLast() instanceof Map<?, ?> turn -> ofTurn(turn);
            case null, default -> null;
        };
    }

    @SuppressWarnings("unchecked") // canonical JSON has texts as names, and its objects can be changed
    private static @Nullable String ofTurn(Map<?, ?> turn) {
        Map<String, @Nullable Object> fields = (Map<String, @Nullable Object>) turn;
        if (!"user".equals(fields.get("role")) || isSet(fields.get("images"))) {
            return null;
        }
        return switch (fields.get("content")) {
            case String text -> take(fields, "content");
            case List<?> parts when parts.size() == 1 && parts.getFirst() instanceof Map<?, ?> part -> ofPart(part);
            case null, default -> null;
        };
    }

    @SuppressWarnings("unchecked") // likewise
    private static @Nullable String ofPart(Map<?, ?> part) {
        boolean isText = "text".equals(part.get("type")) || "input_text".equals(part.get("type"));
        return isText && part.get("text") instanceof String ? take((Map<String, @Nullable Object>) part, "text") : null;
    }

    private static boolean isSet(@Nullable Object value) {
        return value != null && !value.equals("") && !value.equals(List.of());
    }
}
