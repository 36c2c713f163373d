package dev.paddock.adapters.http.sim.json;

import dev.paddock.adapters.http.sim.settings.ModelCapability;
import java.util.Locale;

/** The error messages of Ollama, letter by letter. */
public final class ErrorTexts {
    public static final String QUEUE_FULL = "server busy, please try again.  maximum pending requests exceeded";
    public static final String RUNNER_STOPPED = "model runner has unexpectedly stopped, this may be due to resource"
        + " limitations or an internal error, check ollama server logs for details";
    public static final String RUNNER_LOST = "an error was encountered while running the model: unexpected EOF";
    static final String MISSING_BODY = "missing request body";
    public static final String MODEL_REQUIRED = "model is required";
    public static final String TOO_LONG = "the input length exceeds the context length";

    private ErrorTexts() {
    }

    public static String modelNotFound(String name) {
        return "model '" + name + "' not found";
    }

    public static String notFoundTryPulling(String name) {
        return "model " + quoted(name) + " not found, try pulling it first";
    }

    public static String doesNotSupport(String name, ModelCapability capability) {
        return quoted(name) + " does not support " + capability.name().toLowerCase(Locale.ROOT);
    }

    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
