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
        routes.add(new Route("/v1/embeddings", "POST", ErrorShape.OPENAI, embed::embedOpenAi));
    }

    private void readable(String path, Endpoint endpoint) {
        add("GET", path, endpoint);
        add("HEAD", path, endpoint);
    }

    private void add(String method, String path, Endpoint endpoint) {
        routes.add(new Route(path, method, ErrorShape.NATIVE, endpoint));
    }
}
