package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.AnswerClassifier;
import org.jspecify.annotations.Nullable;

/**
 * What every request of a client carries, and how much of an answer it takes. Immutable.
 *
 * @param apiKey sent as a bearer token unless a request has its own Authorization, or null for none; never shown
 * @param userAgent what the client calls itself
 * @param longestFrame the longest line or event accepted, in bytes, at least 1024
 * @param limits how long the phases of an exchange may take
 * @param answers determines the meaning of the server's answers: that of its dialect
 */
public record ExchangeSettings(
        @Nullable String apiKey, String userAgent, int longestFrame, ExchangeTimeouts limits, AnswerClassifier answers) {

    /** For a server that speaks Ollama's dialect: no key, and lines of up to 16 MiB, twice what Ollama's own client accepts. */
    public static final ExchangeSettings DEFAULT = new ExchangeSettings(
            null, "paddock", 16 * 1024 * 1024, ExchangeTimeouts.DEFAULT, new OllamaDialect().answers());

    private static final int SHORTEST_LIMIT = 1024;

    public ExchangeSettings {
        requireNonNull(userAgent, "userAgent");
        requireNonNull(limits, "limits");
        requireNonNull(answers, "answers");
        if (longestFrame < SHORTEST_LIMIT) {
            throw new InvalidRequestException(
                    "the longest frame must be at least " + SHORTEST_LIMIT + " bytes, not " + longestFrame,
                    ErrorFacts.NONE);
        }
    }

    /** Returns these settings with the given key. */
    public ExchangeSettings withApiKey(String newApiKey) {
        return new ExchangeSettings(newApiKey, userAgent, longestFrame, limits, answers);
    }

    /** Returns these settings with the given limits of time. */
    public ExchangeSettings withLimits(ExchangeTimeouts newLimits) {
        return new ExchangeSettings(apiKey, userAgent, longestFrame, newLimits, answers);
    }

    /** Returns these settings for a server whose answers are judged by the given classifier. */
    public ExchangeSettings withAnswers(AnswerClassifier newAnswers) {
        return new ExchangeSettings(apiKey, userAgent, longestFrame, limits, newAnswers);
    }

    /** Returns the settings without the key. */
    @Override
    public String toString() {
        return "ExchangeSettings[apiKey=" + (apiKey == null ? "none" : "***") + ", userAgent=" + userAgent
                + ", longestFrame=" + longestFrame
                + ", limits=" + limits + "]";
    }
}
