package dev.paddock.adapters.http.sim;

import java.util.Locale;

/** The error messages of Ollama, letter by letter. */
final class ErrorTexts {
    static final String QUEUE_FULL = "server busy, please try again.  maximum pending requests exceeded";
    static final String RUNNER_STOPPED = "model runner has unexpectedly stopped, this may be due to resource"
        + " limitations or an internal error, check ollama server logs for details";
    static final String RUNNER_LOST = "an error was encountered while running the model: unexpected EOF";
    static final String MISSING_BODY = "missing request body";
    static final String MODEL_REQUIRED = "model is required";
    static final String TOO_LONG = "the input length exceeds the context length";

    private ErrorTexts() {
    }

    static String modelNotFound(String name) {
        return "model '" + name + "' not found";
    }

    static String notFoundTryPulling(String name) {
        return "model " + quoted(name) + " not found, try pulling it first";
    }

    static String doesNotSupport(String name, ModelCapability capability) {
        return quoted(name) + " does not support " + capability.name().toLowerCase(Locale.ROOT);
    }

    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
