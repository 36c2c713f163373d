package dev.paddock.bootstrap.config;

/**
 * A variable of the environment that sets a key. Of two that set the same key, the one that comes first here counts.
 */
enum EnvironmentVariable {
    OLLAMA_BASE_URL("paddock.base-url", Notation.OF_KEY),
    OLLAMA_HOST("paddock.base-url", Notation.OLLAMA_HOST),
    OLLAMA_API_KEY("paddock.api-key", Notation.OF_KEY),
    OLLAMA_POOL_PROFILE("paddock.pool.profile", Notation.OF_KEY),
    OLLAMA_POOL_CONNECTIONS("paddock.pool.hosts", Notation.OF_KEY),
    OLLAMA_POOL_MAXSIZE("paddock.pool.connections-per-host", Notation.OF_KEY),
    OLLAMA_POOL_BLOCK("paddock.pool.when-full", Notation.BLOCK),
    OLLAMA_CONNECT_TIMEOUT("paddock.timeouts.connect", Notation.SECONDS),
    OLLAMA_READ_TIMEOUT("paddock.timeouts.read", Notation.SECONDS),
    OLLAMA_MAX_RETRIES("paddock.retry.max-retries", Notation.OF_KEY),
    OLLAMA_RETRY_BACKOFF("paddock.retry.backoff", Notation.SECONDS);

    private final String key;
    private final Notation notation;

    EnvironmentVariable(String key, Notation notation) {
        this.key = key;
        this.notation = notation;
    }

    /** Returns the key that this variable sets. */
    String key() {
        return key;
    }

    /**
     * Returns what the key is set to by the given value of this variable.
     *
     * @throws InvalidValueException if this variable cannot have that value
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
        /** As the key itself is written. */
        OF_KEY,
        /** As Ollama's own clients write a server. */
        OLLAMA_HOST,
        /** Whether to wait when the pool is full. */
        BLOCK,
        /** A time, in which a plain number counts seconds. */
        SECONDS
    }
}
