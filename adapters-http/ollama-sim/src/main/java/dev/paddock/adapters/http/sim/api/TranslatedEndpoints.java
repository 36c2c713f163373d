package dev.paddock.adapters.http.sim.api;

import dev.paddock.adapters.http.sim.exchange.SimulatedExchange;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.model.GenerationService;
import dev.paddock.adapters.http.sim.model.SimulatorState;
import dev.paddock.adapters.http.sim.settings.ModelCapability;

/** The OpenAI and Anthropic APIs: requests are translated into native ones, chunks back. */
record TranslatedEndpoints(SimulatorState state, GenerationService generation) {
    void chatCompletions(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("ChatCompletionRequest");
        generation.chat(exchange, OpenAiRequest.chat(request), openAi(exchange, true, request));
    }

    void completions(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("CompletionRequest");
        generation.generate(exchange, OpenAiRequest.completion(request), openAi(exchange, false, request));
    }

    private OpenAiFormat openAi(SimulatedExchange exchange, boolean chat, RequestFields request) {
        return new OpenAiFormat(exchange.responder(), chat, request, state.settings().release());
    }

    void responses(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("ResponsesRequest");
        if (request.flag("stream", false)) {
            exchange.responder().header("Cache-Control", "no-cache");
            exchange.responder().header("Connection", "keep-alive");
        }
        generation.chat(exchange, ResponsesRequest.chat(request),
            new ResponsesFormat(exchange.responder(), request.text("model")));
    }

    void messages(SimulatedExchange exchange) {
        RequestFields request = exchange.fields("MessagesRequest");
        boolean thinker = state.catalogue().find(request.text("model"))
            .map(model -> model.can(ModelCapability.THINKING)).orElse(false);
        generation.chat(exchange, MessagesRequest.chat(request, thinker),
            new MessagesFormat(exchange.responder(), request));
    }
}
