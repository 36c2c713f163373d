package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.List;

/** The OpenAI dialect: requests are translated into native ones, chunks back. */
final class OpenAiEndpoints {
    private static final String MODEL_PATH = "/v1/models/";

    private final SimulatorState state;
    private final ChatService chat;
    private final GenerateService generate;

    OpenAiEndpoints(SimulatorState state) {
        this.state = state;
        this.chat = new ChatService(state);
        this.generate = new GenerateService(state);
    }

    void chatCompletions(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("ChatCompletionRequest");
        chat.answer(exchange, responder, OpenAiRequest.chat(request),
            new OpenAiChatFormat(responder, request, state.settings().contents().style()));
    }

    void completions(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("CompletionRequest");
        generate.answer(exchange, responder, OpenAiRequest.completion(request),
            new OpenAiCompletionFormat(responder, request, state.settings().contents().style()));
    }

    void responses(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        RequestFields request = exchange.request().fields("ResponsesRequest");
        if (request.flag("stream").orElse(false)) {
            responder.header("Cache-Control", "no-cache");
            responder.header("Connection", "keep-alive");
        }
        chat.answer(exchange, responder, ResponsesRequest.chat(request),
            new ResponsesFormat(responder::text, request.text("model")));
    }

    /** A list of nothing is null here, not empty. */
    void models(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        List<InstalledModel> installed = state.catalogue().list();
        ObjectNode answer = GoJson.object().put("object", "list");
        if (installed.isEmpty()) {
            answer.putNull("data");
        } else {
            ArrayNode data = answer.putArray("data");
            installed.forEach(model -> data.add(entry(model, model.name().brief())));
        }
        responder.respond(SimulatedResponse.of(200, ContentTypes.BARE_JSON, responder.text(answer) + "\n"));
    }

    void model(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        String name = exchange.request().path().substring(MODEL_PATH.length());
        ObjectNode answer = entry(state.catalogue().require(name), name);
        responder.respond(SimulatedResponse.of(200, ContentTypes.BARE_JSON, responder.text(answer) + "\n"));
    }

    private static ObjectNode entry(InstalledModel model, String id) {
        return GoJson.object().put("id", id).put("object", "model")
            .put("created", model.modifiedAt().getEpochSecond()).put("owned_by", model.name().namespace());
    }
}
