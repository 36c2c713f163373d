package dev.paddock.adapters.http.llm;

import dev.paddock.domain.model.generation.ChatRequest;

final class LogOfRequests {
    private static final System.Logger LOGGER = System.getLogger("requests");

    void log(ChatRequest request) {
        LOGGER.log(System.Logger.Level.INFO, "asked " + request);
    }
}
