package dev.paddock.adapters.http.llm;

import dev.paddock.domain.exchange.Operation;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells what servers mean where their status is not the whole truth. The texts are those of Ollama's server. */
final class ServerWords {

    /** Mistakes of the caller that Ollama answers with 500. */
    private static final List<Pattern> CALLERS_MISTAKES = List.of(
            Pattern.compile("option \"[^\"]*\" must be of type"),
            Pattern.compile("^invalid format:"),
            Pattern.compile("(?i)invalid json schema"));

    /** Crashes that Ollama answers with 400 when texts are embedded. */
    private static final Pattern CRASH = Pattern.compile("\\bEOF\\b|unexpectedly stopped|\\bNaN\\b|has terminated"
            + "|connection re(set|fused)|context canceled|forcibly closed|no longer running");

    private ServerWords() {}

    static boolean blameCaller(String text) {
        return CALLERS_MISTAKES.stream().anyMatch(mistake -> mistake.matcher(text).find());
    }

    static boolean tellCrash(Operation operation, String text) {
        return operation == Operation.EMBED && CRASH.matcher(text).find();
    }

    static boolean missModel(String text) {
        String words = text.toLowerCase(Locale.ROOT);
        return words.contains("model") && (words.contains("not found") || words.contains("does not exist"));
    }
}
