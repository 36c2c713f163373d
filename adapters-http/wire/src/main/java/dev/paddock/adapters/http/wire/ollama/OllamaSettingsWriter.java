package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.ResponseFormat;
import dev.paddock.domain.model.generation.Thinking;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes the settings that requests have in common. A setting that is left to the server is not written. */
final class OllamaSettingsWriter {

    /** More does not fit the server's 64 bits of nanoseconds; it is as good as for ever. */
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 1;

    private OllamaSettingsWriter() {}

    static void write(JsonWriter json, GenerationSettings settings) throws IOException {
        writeFormat(json, settings.format());
        json.plain("think", think(settings.thinking()));
        writeKeepAlive(json, settings.keepAlive());
        json.flag("truncate", settings.truncate());
        json.flag("shift", settings.shift());
        if (settings.logprobs() != null) {
            json.flag("logprobs", true);
            json.plain("top_logprobs", settings.logprobs());
        }
        writeOptions(json, settings.options());
    }

    static void writeOptions(JsonWriter json, ModelOptions options) throws IOException {
        if (!options.values().isEmpty()) {
            json.plain("options", options.values());
        }
    }

    /** A number is seconds; a text is a Go duration, which must have a unit; below zero is for ever. */
    static void writeKeepAlive(JsonWriter json, @Nullable KeepAlive keepAlive) throws IOException {
        if (keepAlive == null) {
            return;
        }
        Duration duration = keepAlive.duration();
        if (duration == null || duration.toSeconds() > MOST_SECONDS) {
            json.plain("keep_alive", -1);
        } else if (duration.toNanosPart() == 0) {
            json.plain("keep_alive", duration.toSeconds());
        } else {
            json.text("keep_alive", duration.toNanos() + "ns");
        }
    }

    private static void writeFormat(JsonWriter json, @Nullable ResponseFormat format) throws IOException {
        switch (format) {
            case null -> {
                // the server decides
            }
            case ResponseFormat.Json any -> json.text("format", "json");
            case ResponseFormat.Schema schema -> json.plain("format", schema.schema());
        }
    }

    private static @Nullable Object think(@Nullable Thinking thinking) {
        return switch (thinking) {
            case null -> null;
            case OFF -> false;
            case ON -> true;
            case LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case MAX -> "max";
        };
    }
}
