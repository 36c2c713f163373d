package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** The {@code options} of a request: unknown names are ignored, null is skipped, a wrong type is a 500. */
public record RequestOptions(ObjectNode values) {
    private static final List<String> LOAD_OPTIONS = List.of(
        "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict");

    /** Reads the options, which must be an object (else 400). */
    static RequestOptions of(RequestFields request) {
        JsonNode options = request.typed("options", "map[string]interface {}", JsonNode::isObject);
        return new RequestOptions(options instanceof ObjectNode object ? object : GoJson.object());
    }

    /** Refuses values of a wrong type. */
    void validate() {
        for (Map.Entry<String, JsonNode> option : values.properties()) {
            String type = option.getValue().isNull() ? "any" : type(option.getKey());
            if (!fits(option.getValue(), type)) {
                throw OllamaError.WRONG_OPTION.with(option.getKey(), type);
            }
            if ("array".equals(type) && !StreamSupport.stream(option.getValue().spliterator(), false)
                    .allMatch(JsonNode::isTextual)) {
                throw OllamaError.WRONG_OPTION_ELEMENT.with(option.getKey());
            }
        }
    }

    private static String type(String name) {
        return switch (name) {
            case "num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "draft_num_predict", "num_keep", "seed",
                "num_predict", "top_k", "repeat_last_n" -> "integer";
            case "top_p", "min_p", "typical_p", "temperature", "repeat_penalty", "presence_penalty",
                "frequency_penalty" -> "float32";
            case "use_mmap" -> "boolean";
            case "stop" -> "array";
            default -> "any";
        };
    }

    private static boolean fits(JsonNode value, String type) {
        return switch (type) {
            case "integer", "float32" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            default -> true;
        };
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
    }

    /** The options with which a model is loaded: a request with other values makes it load again. */
    Map<String, String> loadOptions(RequestFields request) {
        Map<String, String> explicit = new HashMap<>();
        LOAD_OPTIONS.forEach(name -> value(name).ifPresent(value -> explicit.put(name, value.asText())));
        if (!request.raw("shift").asBoolean(true)) {
            explicit.put("shift", "false");
        }
        explicit.remove("num_gpu", "-1");
        return explicit;
    }

    /** How many tokens the answer may have, when that is limited. */
    public OptionalInt limit() {
        int limit = value("num_predict").map(JsonNode::intValue).orElse(0);
        return limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
    }

    public String seed() {
        return value("seed").map(JsonNode::asText).orElse("");
    }

    /** The texts before which an answer stops. */
    public List<String> stops() {
        return value("stop").stream().flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .map(JsonNode::textValue).toList();
    }
}
