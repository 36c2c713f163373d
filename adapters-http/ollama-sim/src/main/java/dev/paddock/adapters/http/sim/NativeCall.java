package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.ModelCapability;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields that chat and generate have in common, read and checked in the order in which Ollama does. */
final class NativeCall {
    private static final int MOST_TOP_LOGPROBS = 20;
    private static final List<String> THINK_LEVELS = List.of("high", "medium", "low", "max");

    private final RequestFields fields;
    private final String model;
    private final boolean stream;
    private final RequestOptions options;
    private final @Nullable Duration keepAlive;
    private final @Nullable Boolean think;
    private final boolean logprobs;
    private final int topLogprobs;

    NativeCall(RequestFields fields) {
        this.fields = fields;
        this.model = fields.text("model");
        this.stream = fields.flag("stream").orElse(true);
        this.options = RequestOptions.of(fields);
        this.keepAlive = KeepAliveField.read(fields).orElse(null);
        this.think = think(fields.raw("think")).orElse(null);
        this.logprobs = fields.flag("logprobs").orElse(false);
        this.topLogprobs = fields.integer("top_logprobs").orElse(0);
        if (topLogprobs < 0 || topLogprobs > MOST_TOP_LOGPROBS) {
            throw new ApiException(400, "top_logprobs must be between 0 and 20");
        }
    }

    private static Optional<Boolean> think(JsonNode value) {
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (value.isBoolean()) {
            return Optional.of(value.booleanValue());
        }
        String allowed = "\"high\", \"medium\", \"low\", \"max\", true, or false)";
        if (!value.isTextual()) {
            throw new ApiException(400, "think must be a boolean or string (" + allowed);
        }
        if (!THINK_LEVELS.contains(value.textValue())) {
            throw new ApiException(400, "invalid think value: " + ErrorTexts.quoted(value.textValue())
                + " (must be " + allowed);
        }
        return Optional.of(true);
    }

    RequestFields fields() {
        return fields;
    }

    String model() {
        return model;
    }

    boolean stream() {
        return stream;
    }

    RequestOptions options() {
        return options;
    }

    boolean wantsUnload() {
        return keepAlive != null && keepAlive.isZero();
    }

    boolean logprobs() {
        return logprobs;
    }

    int topLogprobs() {
        return topLogprobs;
    }

    /** A JSON schema, the text {@code json}, or a missing node; anything else is a 500 as in Ollama. */
    JsonNode format() {
        JsonNode format = fields.raw("format");
        boolean unset = format.isMissingNode() || (format.isTextual() && format.textValue().isEmpty());
        if (unset) {
            return MissingNode.getInstance();
        }
        if (format.isObject() || "json".equals(format.textValue())) {
            return format;
        }
        throw new ApiException(500, "invalid format: " + GoJson.text(format)
            + "; expected \"json\" or a valid JSON Schema object");
    }

    /** Whether this model shall think; refuses to make one think that cannot. */
    boolean thinks(InstalledModel installed) {
        boolean able = installed.can(ModelCapability.THINKING);
        if (think != null && think && !able) {
            throw new ApiException(400, ErrorTexts.doesNotSupport(model, ModelCapability.THINKING));
        }
        return able && (think == null || think);
    }

    RunnerRequest use(InstalledModel installed) {
        options.validate();
        return new RunnerRequest(installed, RunnerOptions.of(options, fields), keepAlive);
    }
}
