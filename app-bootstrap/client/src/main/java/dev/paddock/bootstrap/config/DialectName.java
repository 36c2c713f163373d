package dev.paddock.bootstrap.config;

import java.util.Locale;

/** The API of a server. */
public enum DialectName {
    /** Ollama's own API, under {@code /api}. */
    OLLAMA,
    /** The API that OpenAI-compatible servers share, under {@code /v1}. */
    OPENAI;

    /** Returns the name in the configuration, for example {@code ollama}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
