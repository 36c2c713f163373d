package dev.paddock.adapters.http.wire.document;

/** The form of a whole answer. */
public enum DocumentForm {
    /** The answer of {@code /api/chat} and {@code /api/generate}. */
    OLLAMA,
    /** The answer of {@code /v1/chat/completions}. */
    CHAT_COMPLETION,
    /** The answer of {@code /v1/completions}. */
    COMPLETION,
    /** The answer of {@code /v1/responses}. */
    RESPONSE,
    /** The answer of {@code /v1/messages}. */
    MESSAGE;

    PieceCollector newCollector() {
        return switch (this) {
            case OLLAMA -> new OllamaCollector();
            case CHAT_COMPLETION -> new CompletionCollector(true);
            case COMPLETION -> new CompletionCollector(false);
            case RESPONSE -> new ResponseCollector();
            case MESSAGE -> new MessageCollector();
        };
    }
}
