package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.ResponseFormat;
import dev.paddock.domain.model.generation.Thinking;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the settings that requests have in common. A setting that is left to the server is not written. */
final class OpenAiSettingsWriter {

    /** Options of Ollama's runner, which a request in this dialect cannot set. */
    private static final Set<String> RUNNER_OPTIONS = Set.of(
            "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "num_keep", "draft_num_predict");

    /** Fields that are written from other parts of the request. */
    private static final Set<String> OWN_FIELDS = Set.of(
            "model", "messages", "prompt", "suffix", "input", "tools", "stream", "stream_options", "response_format",
            "reasoning_effort", "logprobs", "top_logprobs", "dimensions", "encoding_format");

    private OpenAiSettingsWriter() {}

    static void writeChat(JsonWriter json, GenerationSettings settings, boolean stream) throws IOException {
        writeCommon(json, settings, stream);
        writeFormat(json, settings.format());
        json.text("reasoning_effort", effort(settings.thinking()));
        if (settings.logprobs() != null) {
            json.flag("logprobs", true);
            json.plain("top_logprobs", settings.logprobs());
        }
    }

    static void writeCompletion(JsonWriter json, GenerationSettings settings, boolean stream) throws IOException {
        writeCommon(json, settings, stream);
        requireUnset(settings.format(), "response format for completions; use chat");
        requireUnset(effort(settings.thinking()), "reasoning effort for completions; use chat");
        json.plain("logprobs", settings.logprobs());
    }

    private static void writeCommon(JsonWriter json, GenerationSettings settings, boolean stream) throws IOException {
        requireUnset(settings.keepAlive(), "keep-alive");
        requireUnset(settings.truncate(), "truncate setting");
        requireUnset(settings.shift(), "shift setting");
        json.flag("stream", stream);
        if (stream) {
            json.plain("stream_options", Map.of("include_usage", true));
        }
        writeOptions(json, settings.options());
    }

    private static void writeFormat(JsonWriter json, @Nullable ResponseFormat format) throws IOException {
        switch (format) {
            case null -> {
                // the server decides
            }
            case ResponseFormat.Json any -> json.object("response_format", type -> type.text("type", "json_object"));
            case ResponseFormat.Schema schema -> json.object("response_format", type -> {
                type.text("type", "json_schema");
                type.object("json_schema", named -> {
                    named.text("name", "answer");
                    named.plain("schema", schema.schema());
                });
            });
        }
    }

    private static @Nullable String effort(@Nullable Thinking thinking) {
        return switch (thinking) {
            case null -> null;
            case ON -> null; // a model that can think does so when nothing is said
            case OFF -> "none";
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case MAX -> "max";
        };
    }

    /** Writes options as fields of the request itself, where this dialect has them. */
    static void writeOptions(JsonWriter json, ModelOptions options) throws IOException {
        for (Map.Entry<String, @Nullable Object> option : options.values().entrySet()) {
            writeOption(json, option.getKey(), option.getValue());
        }
    }

    private static void writeOption(JsonWriter json, String name, @Nullable Object value) throws IOException {
        if (RUNNER_OPTIONS.contains(name)) {
            throw refuse("option '" + name + "': set it on the server");
        }
        if (OWN_FIELDS.contains(name)) {
            throw new InvalidRequestException("'" + name + "' is no option but a part of the request", ErrorFacts.NONE);
        }
        if (name.equals("num_predict")) {
            writeMaximum(json, value);
        } else {
            json.plain(name, value);
        }
    }

    /** Below zero means no limit to Ollama, which is said here by saying nothing. */
    private static void writeMaximum(JsonWriter json, @Nullable Object value) throws IOException {
        if (!(value instanceof Number number) || number.longValue() >= 0) {
            json.plain("max_tokens", value);
        }
    }

    /** Returns the failure for something that the dialect cannot express. */
    static InvalidRequestException refuse(String what) {
        return new InvalidRequestException("the OpenAI dialect has no " + what, ErrorFacts.NONE);
    }

    /** Refuses a setting unless it is left to the server. */
    static void requireUnset(@Nullable Object setting, String what) {
        if (setting != null) {
            throw refuse(what);
        }
    }
}
