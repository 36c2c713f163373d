package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The fields that all requests to a model have in common, read and checked in the order in which Ollama does.
 *
 * @param options unknown names are ignored, null is skipped, a wrong type is a 500
 * @param keepAlive how long the model stays loaded afterwards; null when the request does not set it
 * @param think whether the model shall think; null when the request does not set it
 */
public record NativeCall(
        RequestFields fields, String model, boolean stream, ObjectNode options, @Nullable Duration keepAlive,
        @Nullable Boolean think, boolean logprobs, int topLogprobs) {
    private static final int MOST_TOP_LOGPROBS = 20;
    private static final List<String> THINK_LEVELS = List.of("high", "medium", "low", "max");
    private static final List<String> LOAD_OPTIONS = List.of(
        "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict");
    private static final double NANOS_PER_SECOND = 1e9;

    public NativeCall {
        if (topLogprobs < 0 || topLogprobs > MOST_TOP_LOGPROBS) {
            throw OllamaError.WRONG_TOP_LOGPROBS.with();
        }
    }

    public static NativeCall read(RequestFields fields) {
        return new NativeCall(fields, fields.text("model"), fields.flag("stream", true), options(fields),
            keepAlive(fields.raw("keep_alive")), think(fields.raw("think")), fields.flag("logprobs", false),
            fields.integer("top_logprobs"));
    }

    private static ObjectNode options(RequestFields fields) {
        JsonNode options = fields.typed("options", "map[string]interface {}", JsonNode::isObject);
        return options instanceof ObjectNode object ? object : GoJson.object();
    }

    /** A number of seconds or a Go duration; anything negative means for ever. */
    private static @Nullable Duration keepAlive(JsonNode value) {
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isNumber()) {
            return Duration.ofNanos((long) (value.doubleValue() * NANOS_PER_SECOND));
        }
        if (value.isTextual()) {
            return GoFormat.duration(value.textValue());
        }
        throw OllamaError.WRONG_KEEP_ALIVE.with(RequestFields.kind(value));
    }

    private static @Nullable Boolean think(JsonNode value) {
        if (value.isMissingNode()) {
            return null;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (!value.isTextual()) {
            throw OllamaError.WRONG_THINK_TYPE.with();
        }
        if (!THINK_LEVELS.contains(value.textValue())) {
            throw OllamaError.WRONG_THINK.with(value.textValue());
        }
        return true;
    }

    /** Whether the model shall be unloaded as soon as it is idle. */
    public boolean wantsUnload() {
        return keepAlive != null && keepAlive.isZero();
    }

    /** A JSON schema, the text {@code json}, or a missing node; anything else is a 500 as in Ollama. */
    public JsonNode format() {
        JsonNode format = fields.raw("format");
        if (format.isMissingNode() || (format.isTextual() && format.textValue().isEmpty())) {
            return MissingNode.getInstance();
        }
        if (format.isObject() || "json".equals(format.textValue())) {
            return format;
        }
        throw OllamaError.WRONG_FORMAT.with(GoJson.text(format));
    }

    /** Whether this model shall think; refuses to make one think that cannot. */
    public boolean thinks(InstalledModel installed) {
        boolean able = installed.can(ModelCapability.THINKING);
        if (think != null && think && !able) {
            throw OllamaError.DOES_NOT_SUPPORT.with(model, ModelCapability.THINKING.label());
        }
        return able && (think == null || think);
    }

    /** What this request needs from the scheduler; refuses options of a wrong type. */
    public RunnerPool.RunnerRequest runnerRequest(InstalledModel installed) {
        requireOptionTypes();
        return new RunnerPool.RunnerRequest(installed, loadOptions(), keepAlive);
    }

    private void requireOptionTypes() {
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            String type = option.getValue().isNull() ? "any" : type(option.getKey());
            if (!fits(option.getValue(), type)) {
                throw OllamaError.WRONG_OPTION.with(option.getKey(), type);
            }
            if ("array".equals(type) && !option.getValue().valueStream().allMatch(JsonNode::isTextual)) {
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

    private Optional<JsonNode> option(String name) {
        return Optional.ofNullable(options.get(name)).filter(value -> !value.isNull());
    }

    /** The options with which a model is loaded: a request with other values makes it load again. */
    private Map<String, String> loadOptions() {
        Map<String, String> explicit = new HashMap<>();
        LOAD_OPTIONS.forEach(name -> option(name).ifPresent(value -> explicit.put(name, value.asText())));
        if (!fields.raw("shift").asBoolean(true)) {
            explicit.put("shift", "false");
        }
        explicit.remove("num_gpu", "-1");
        return explicit;
    }

    /** How many tokens the answer may have, when that is limited. */
    public OptionalInt limit() {
        int limit = option("num_predict").map(JsonNode::intValue).orElse(0);
        return limit > 0 ? OptionalInt.of(limit) : OptionalInt.empty();
    }

    public String seed() {
        return option("seed").map(JsonNode::asText).orElse("");
    }

    /** The texts before which an answer stops. */
    public List<String> stops() {
        return option("stop").stream().flatMap(JsonNode::valueStream).map(JsonNode::textValue).toList();
    }
}
