package dev.paddock.domain.reuse;

import dev.paddock.domain.exchange.ExchangeRequest;
import java.util.Set;

/** Recognises requests after which a name may stand for another model. */
public final class ModelChange {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private ModelChange() {}

    /** Returns whether a request may change a model. Of unknown requests, those to Ollama's own API may. */
    public static boolean isPossible(ExchangeRequest request) {
        return switch (request.operation()) {
            case PULL_MODEL, CREATE_MODEL, COPY_MODEL, DELETE_MODEL -> true;
            case OTHER -> request.target().startsWith("/api/") && !READING.contains(request.method());
            default -> false;
        };
    }
}
