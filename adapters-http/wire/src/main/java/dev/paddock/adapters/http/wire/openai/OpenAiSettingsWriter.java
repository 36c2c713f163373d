package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.ResponseFormat;
import dev.paddock.domain.model.generation.Thinking;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what requests have in common. What the caller leaves to the server is not written at all. */
final class OpenAiSettingsWriter {

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
        Unsupported.requireUnset(settings.format(), "response format for completions; use chat");
        Unsupported.requireUnset(effort(settings.thinking()), "reasoning effort for completions; use chat");
        json.plain("logprobs", settings.logprobs());
    }

    private static void writeCommon(JsonWriter json, GenerationSettings settings, boolean stream) throws IOException {
        Unsupported.requireUnset(settings.keepAlive(), "keep-alive");
        Unsupported.requireUnset(settings.truncate(), "truncate setting");
        Unsupported.requireUnset(settings.shift(), "shift setting");
        json.flag("stream", stream);
        if (stream) {
            json.plain("stream_options", Map.of("include_usage", true));
        }
        OpenAiOptionsWriter.write(json, settings.options());
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
}
