package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields that all requests to a model have in common, read and checked in the order in which Ollama does.
 *
 * @param keepAlive how long the model stays loaded afterwards; null when the request does not set it
 * @param think whether the model shall think; null when the request does not set it
 */
public record NativeCall(
        RequestFields fields, String model, boolean stream, RequestOptions options, @Nullable Duration keepAlive,
        @Nullable Boolean think, boolean logprobs, int topLogprobs) {
    private static final int MOST_TOP_LOGPROBS = 20;
    private static final List<String> THINK_LEVELS = List.of("high", "medium", "low", "max");
    private static final double NANOS_PER_SECOND = 1e9;

    public NativeCall {
        if (topLogprobs < 0 || topLogprobs > MOST_TOP_LOGPROBS) {
            throw OllamaError.WRONG_TOP_LOGPROBS.with();
        }
    }

    public static NativeCall read(RequestFields fields) {
        return new NativeCall(fields, fields.text("model"), fields.flag("stream", true), RequestOptions.of(fields),
            keepAlive(fields.raw("keep_alive")), think(fields.raw("think")), fields.flag("logprobs", false),
            fields.integer("top_logprobs"));
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
    public RunnerRequest runnerRequest(InstalledModel installed) {
        options.validate();
        return new RunnerRequest(installed, options.loadOptions(fields), keepAlive);
    }
}
