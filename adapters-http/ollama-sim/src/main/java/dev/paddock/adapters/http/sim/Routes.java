package dev.paddock.adapters.http.sim;

import java.util.ArrayList;
import java.util.List;

/** The table of everything the simulator answers. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    private Routes() {
    }

    static List<Route> of(ServerState state) {
        Routes table = new Routes();
        table.information(new InformationEndpoints(state));
        table.generation(state);
        table.management(new ManagementEndpoints(state), new BlobEndpoints());
        table.openAi(new OpenAiEndpoints(state), new EmbedService(state));
        table.add("POST", "/v1/messages", ErrorShape.ANTHROPIC, new AnthropicEndpoints(state)::messages);
        return List.copyOf(table.routes);
    }

    private void information(InformationEndpoints endpoints) {
        readable("/", endpoints::root);
        readable("/api/version", endpoints::version);
        readable("/api/tags", endpoints::tags);
        add("GET", "/api/ps", endpoints::processes);
        add("GET", "/api/status", endpoints::status);
        add("POST", "/api/show", endpoints::show);
    }

    private void generation(ServerState state) {
        ChatService chat = new ChatService(state);
        GenerateService generate = new GenerateService(state);
        EmbedService embed = new EmbedService(state);
        add("POST", "/api/chat", (exchange, responder) -> chat.answer(
            exchange, responder, exchange.request().fields("ChatRequest"), NativeFormat.of(responder)));
        add("POST", "/api/generate", (exchange, responder) -> generate.answer(
            exchange, responder, exchange.request().fields("GenerateRequest"), NativeFormat.of(responder)));
        add("POST", "/api/embed", embed::embed);
        add("POST", "/api/embeddings", embed::embedLegacy);
    }

    private void management(ManagementEndpoints models, BlobEndpoints blobs) {
        add("POST", "/api/pull", models::pull);
        add("POST", "/api/push", models::push);
        add("POST", "/api/create", models::create);
        add("POST", "/api/copy", models::copy);
        add("DELETE", "/api/delete", models::delete);
        add("HEAD", "/api/blobs/:digest", blobs::head);
        add("POST", "/api/blobs/:digest", blobs::post);
    }

    private void openAi(OpenAiEndpoints endpoints, EmbedService embed) {
        add("POST", "/v1/chat/completions", ErrorShape.OPENAI, endpoints::chatCompletions);
        add("POST", "/v1/completions", ErrorShape.OPENAI, endpoints::completions);
        add("POST", "/v1/responses", ErrorShape.OPENAI, endpoints::responses);
        add("POST", "/v1/embeddings", ErrorShape.OPENAI, embed::embedOpenAi);
        add("GET", "/v1/models", ErrorShape.OPENAI, endpoints::models);
        add("GET", "/v1/models/:model", ErrorShape.OPENAI, endpoints::model);
    }

    private void readable(String path, Endpoint endpoint) {
        add("GET", path, endpoint);
        add("HEAD", path, endpoint);
    }

    private void add(String method, String path, Endpoint endpoint) {
        add(method, path, ErrorShape.NATIVE, endpoint);
    }

    private void add(String method, String path, ErrorShape errors, Endpoint endpoint) {
        routes.add(new Route(path, method, errors, endpoint));
    }
}
