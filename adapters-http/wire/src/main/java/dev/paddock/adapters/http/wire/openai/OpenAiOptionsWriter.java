package dev.paddock.adapters.http.wire.openai;

import dev.paddock.adapters.http.wire.json.JsonWriter;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.ModelOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes options as fields of the request itself, where this dialect has them. */
final class OpenAiOptionsWriter {

    /** Options of Ollama's runner, which a request in this dialect cannot set. */
    private static final Set<String> RUNNER_OPTIONS = Set.of(
            "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "num_keep", "draft_num_predict");

    /** Fields that are written from other parts of the request. */
    private static final Set<String> OWN_FIELDS = Set.of(
            "model", "messages", "prompt", "suffix", "input", "tools", "stream", "stream_options", "response_format",
            "reasoning_effort", "logprobs", "top_logprobs", "dimensions", "encoding_format");

    private OpenAiOptionsWriter() {}

    static void write(JsonWriter json, ModelOptions options) throws IOException {
        for (Map.Entry<String, @Nullable Object> option : options.values().entrySet()) {
            write(json, option.getKey(), option.getValue());
        }
    }

    private static void write(JsonWriter json, String name, @Nullable Object value) throws IOException {
        if (RUNNER_OPTIONS.contains(name)) {
            throw Unsupported.refuse("option '" + name + "': set it on the server");
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
}
