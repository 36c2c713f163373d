package dev.paddock.bootstrap.config;

/**
 * A variable of the environment that sets a key. Of two that set the same key, the one that comes first here counts.
 */
enum EnvironmentVariable {
    OLLAMA_BASE_URL(SettingKey.BASE_URL, Notation.OF_KEY),
    OLLAMA_HOST(SettingKey.BASE_URL, Notation.OLLAMA_HOST),
    OLLAMA_API_KEY(SettingKey.API_KEY, Notation.OF_KEY),
    OLLAMA_POOL_PROFILE(SettingKey.POOL_PROFILE, Notation.OF_KEY),
    OLLAMA_POOL_CONNECTIONS(SettingKey.POOL_HOSTS, Notation.OF_KEY),
    OLLAMA_POOL_MAXSIZE(SettingKey.POOL_CONNECTIONS_PER_HOST, Notation.OF_KEY),
    OLLAMA_POOL_BLOCK(SettingKey.POOL_WHEN_FULL, Notation.BLOCK),
    OLLAMA_CONNECT_TIMEOUT(SettingKey.TIMEOUTS_CONNECT, Notation.SECONDS),
    OLLAMA_READ_TIMEOUT(SettingKey.TIMEOUTS_READ, Notation.SECONDS),
    OLLAMA_MAX_RETRIES(SettingKey.RETRY_MAX_RETRIES, Notation.OF_KEY),
    OLLAMA_RETRY_BACKOFF(SettingKey.RETRY_BACKOFF, Notation.SECONDS);

    private final SettingKey key;
    private final Notation notation;

    EnvironmentVariable(SettingKey key, Notation notation) {
        this.key = key;
        this.notation = notation;
    }

    /** Returns the key that this variable sets. */
    SettingKey key() {
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
