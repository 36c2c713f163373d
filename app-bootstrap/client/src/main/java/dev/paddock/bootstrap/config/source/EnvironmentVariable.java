package dev.paddock.bootstrap.config.source;

import dev.paddock.bootstrap.config.value.InvalidValueException;
import dev.paddock.bootstrap.config.value.ValueParsers;

/** An environment variable that sets a key. Of two variables for the same key the first one here wins. */
public enum EnvironmentVariable {
    /** Sets {@code paddock.base-url}. */
    OLLAMA_BASE_URL("paddock.base-url", Notation.OF_KEY),
    /** Sets {@code paddock.base-url}. */
    OLLAMA_HOST("paddock.base-url", Notation.OLLAMA_HOST),
    /** Sets {@code paddock.api-key}. */
    OLLAMA_API_KEY("paddock.api-key", Notation.OF_KEY),
    /** Sets {@code paddock.pool.profile}. */
    OLLAMA_POOL_PROFILE("paddock.pool.profile", Notation.OF_KEY),
    /** Sets {@code paddock.pool.hosts}. */
    OLLAMA_POOL_CONNECTIONS("paddock.pool.hosts", Notation.OF_KEY),
    /** Sets {@code paddock.pool.connections-per-host}. */
    OLLAMA_POOL_MAXSIZE("paddock.pool.connections-per-host", Notation.OF_KEY),
    /** Sets {@code paddock.pool.when-full}. */
    OLLAMA_POOL_BLOCK("paddock.pool.when-full", Notation.BLOCK),
    /** Sets {@code paddock.timeouts.connect}. */
    OLLAMA_CONNECT_TIMEOUT("paddock.timeouts.connect", Notation.SECONDS),
    /** Sets {@code paddock.timeouts.read}. */
    OLLAMA_READ_TIMEOUT("paddock.timeouts.read", Notation.SECONDS),
    /** Sets {@code paddock.retry.max-retries}. */
    OLLAMA_MAX_RETRIES("paddock.retry.max-retries", Notation.OF_KEY),
    /** Sets {@code paddock.retry.backoff}. */
    OLLAMA_RETRY_BACKOFF("paddock.retry.backoff", Notation.SECONDS);

    private final String key;
    private final Notation notation;

    EnvironmentVariable(String key, Notation notation) {
        this.key = key;
        this.notation = notation;
    }

    /** Returns the key that this variable sets, for example {@code paddock.base-url}. */
    public String key() {
        return key;
    }

    /**
     * Returns the value of the key that a value of this variable means.
     *
     * @throws InvalidValueException if the variable cannot have that value
     */
    String translate(String value) {
        return switch (notation) {
            case OF_KEY -> value;
            case OLLAMA_HOST -> OllamaHost.toUrl(value);
            case BLOCK -> ValueParsers.flag().read(value) ? "wait" : "fail";
            case SECONDS -> value.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)") ? value + "s" : value;
        };
    }

    private enum Notation {
        /** The notation of the key itself. */
        OF_KEY,
        /** The notation of Ollama's own clients. */
        OLLAMA_HOST,
        /** A flag: whether to wait when the pool is full. */
        BLOCK,
        /** A time; a number without a unit counts seconds. */
        SECONDS
    }
}
