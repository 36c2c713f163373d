package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.ModelCapability;

/** The Anthropic dialect. */
final class AnthropicEndpoints {
    private final SimulatorState state;
    private final ChatService chat;

    AnthropicEndpoints(SimulatorState state) {
        this.state = state;
        this.chat = new ChatService(state);
    }

    void messages(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("MessagesRequest");
        boolean thinker = state.catalogue().find(request.text("model"))
            .map(model -> model.can(ModelCapability.THINKING)).orElse(false);
        chat.answer(exchange, responder, MessagesRequest.chat(request, thinker),
            new MessagesFormat(responder::text, request));
    }
}
