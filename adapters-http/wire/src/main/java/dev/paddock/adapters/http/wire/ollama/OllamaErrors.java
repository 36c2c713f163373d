package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.domain.exchange.Operation;
import java.util.regex.Pattern;

/**
 * The error texts of Ollama's server where its status is ambiguous. They are recognised in a message and in the JSON document that carries
 * it alike.
 */
public final class OllamaErrors {

    private static final Pattern CLIENT_ERROR = Pattern.compile(
            "must be of type|(^|\")invalid format:|failed to parse grammar|invalid json schema", Pattern.CASE_INSENSITIVE);

    private static final Pattern CRASH = Pattern.compile("\\bEOF\\b|unexpectedly stopped|\\bNaN\\b|has terminated"
            + "|connection re(set|fused)|context canceled|forcibly closed|no longer running");

    private OllamaErrors() {}

    /** Returns whether an answer with status 500 is about an error of the client: a wrong option or a wrong format. */
    public static boolean isClientError(String text) {
        return CLIENT_ERROR.matcher(text).find();
    }

    /** Returns whether an answer with status 400 is about a crash of the runner, which Ollama reports so when it embeds texts. */
    public static boolean isRunnerCrash(Operation operation, String text) {
        return operation == Operation.EMBED && CRASH.matcher(text).find();
    }
}
