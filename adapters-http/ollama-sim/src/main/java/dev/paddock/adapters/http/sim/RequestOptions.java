package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** The {@code options} of a request: unknown names are ignored, null is skipped, a wrong type is a 500. */
record RequestOptions(ObjectNode values) {
    private enum Kind {
        INTEGER("integer"),
        FLOAT("float32"),
        BOOLEAN("boolean"),
        STRINGS("array");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        private boolean accepts(JsonNode value) {
            return switch (this) {
                case INTEGER, FLOAT -> value.isNumber();
                case BOOLEAN -> value.isBoolean();
                case STRINGS -> value.isArray();
            };
        }
    }

    private static final Map<String, Kind> KINDS = Map.ofEntries(
        Map.entry("num_ctx", Kind.INTEGER), Map.entry("num_batch", Kind.INTEGER), Map.entry("num_gpu", Kind.INTEGER),
        Map.entry("main_gpu", Kind.INTEGER), Map.entry("use_mmap", Kind.BOOLEAN),
        Map.entry("num_thread", Kind.INTEGER), Map.entry("draft_num_predict", Kind.INTEGER),
        Map.entry("num_keep", Kind.INTEGER), Map.entry("seed", Kind.INTEGER), Map.entry("num_predict", Kind.INTEGER),
        Map.entry("top_k", Kind.INTEGER), Map.entry("top_p", Kind.FLOAT), Map.entry("min_p", Kind.FLOAT),
        Map.entry("typical_p", Kind.FLOAT), Map.entry("repeat_last_n", Kind.INTEGER),
        Map.entry("temperature", Kind.FLOAT), Map.entry("repeat_penalty", Kind.FLOAT),
        Map.entry("presence_penalty", Kind.FLOAT), Map.entry("frequency_penalty", Kind.FLOAT),
        Map.entry("stop", Kind.STRINGS));

    /** Reads the options, which must be an object (else 400) of correctly typed values (else 500). */
    static RequestOptions of(RequestFields request) {
        return new RequestOptions(request.inner("options", "map[string]interface {}").node());
    }

    void validate() {
        values.properties().forEach(entry -> validate(entry.getKey(), entry.getValue()));
    }

    private static void validate(String name, JsonNode value) {
        Kind kind = KINDS.get(name);
        if (kind == null || value.isNull()) {
            return;
        }
        String option = "option " + ErrorTexts.quoted(name);
        if (!kind.accepts(value)) {
            throw new ApiException(500, option + " must be of type " + kind.label);
        }
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw new ApiException(500, option + " must be of an array of strings");
            }
        }
    }

    Optional<JsonNode> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
    }

    /** How many tokens the answer may have, when that is limited. */
    OptionalInt limit() {
        return value("num_predict").map(JsonNode::intValue).filter(count -> count > 0)
            .map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    String seed() {
        return value("seed").map(JsonNode::asText).orElse("");
    }

    List<String> stops() {
        return value("stop").stream()
            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .map(JsonNode::textValue)
            .toList();
    }
}
