package dev.paddock.domain.error;

import dev.paddock.domain.exchange.Operation;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells what servers mean where their status is not the whole truth. The words are those of Ollama's server; they are found in
 * a message and in the JSON document that carries it alike.
 */
public final class OllamaErrors {

    private static final Pattern CALLERS_MISTAKE = Pattern.compile(
            "must be of type|(^|\")invalid format:|failed to parse grammar|invalid json schema", Pattern.CASE_INSENSITIVE);

    private static final Pattern CRASH = Pattern.compile("\\bEOF\\b|unexpectedly stopped|\\bNaN\\b|has terminated"
            + "|connection re(set|fused)|context canceled|forcibly closed|no longer running");

    private OllamaErrors() {}

    /** Tells whether an answer with status 500 is about a mistake of the caller: a wrong option or a wrong format. */
    public static boolean isClientError(String text) {
        return CALLERS_MISTAKE.matcher(text).find();
    }

    /** Tells whether an answer with status 400 is about a crash, which is how Ollama answers when texts are embedded. */
    public static boolean isRunnerCrash(Operation operation, String text) {
        return operation == Operation.EMBED && CRASH.matcher(text).find();
    }

    /** Tells whether an answer with status 404 is about a missing model, and not about a missing page. */
    public static boolean isModelMissing(String text) {
        String words = text.toLowerCase(Locale.ROOT);
        return words.contains("model") && (words.contains("not found") || words.contains("does not exist"));
    }
}
