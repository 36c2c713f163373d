package dev.paddock.adapters.http.sim;

import java.util.ArrayList;
import java.util.List;

/** The table of everything the simulator answers. */
final class ApiRoutes {
    private final List<ApiRoute> routes = new ArrayList<>();

    private ApiRoutes() {
    }

    static List<ApiRoute> of(SimulatorState state) {
        ApiRoutes table = new ApiRoutes();
        table.information(new InformationEndpoints(state));
        table.generation(state);
        table.management(new ManagementEndpoints(state), new BlobEndpoints());
        table.openAi(new OpenAiEndpoints(state), new EmbedService(state));
        table.add("POST", "/v1/messages", ErrorBodyFormat.ANTHROPIC, new AnthropicEndpoints(state)::messages);
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

    private void generation(SimulatorState state) {
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
        add("POST", "/v1/chat/completions", ErrorBodyFormat.OPENAI, endpoints::chatCompletions);
        add("POST", "/v1/completions", ErrorBodyFormat.OPENAI, endpoints::completions);
        add("POST", "/v1/responses", ErrorBodyFormat.OPENAI, endpoints::responses);
        add("POST", "/v1/embeddings", ErrorBodyFormat.OPENAI, embed::embedOpenAi);
        add("GET", "/v1/models", ErrorBodyFormat.OPENAI, endpoints::models);
        add("GET", "/v1/models/:model", ErrorBodyFormat.OPENAI, endpoints::model);
    }

    private void readable(String path, EndpointHandler endpoint) {
        add("GET", path, endpoint);
        add("HEAD", path, endpoint);
    }

    private void add(String method, String path, EndpointHandler endpoint) {
        add(method, path, ErrorBodyFormat.NATIVE, endpoint);
    }

    private void add(String method, String path, ErrorBodyFormat errors, EndpointHandler endpoint) {
        routes.add(new ApiRoute(path, method, errors, endpoint));
    }
}
