package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds who answers a request; unknown paths and wrong methods get plain text, as Ollama's router sends. */
final class Router {
    private final List<ApiRoute> routes;

    Router(List<ApiRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    void route(SimulatedExchange exchange, SimulatedResponseWriter responder) {
        String path = exchange.request().path();
        String method = exchange.request().method();
        List<ApiRoute> candidates = routes.stream().filter(route -> route.matchesPath(path)).toList();
        if (candidates.isEmpty()) {
            responder.respond(unknown(path, method));
            return;
        }
        Optional<ApiRoute> found = candidates.stream().filter(route -> route.matchesMethod(method)).findFirst();
        if (found.isEmpty()) {
            String allowed = candidates.stream().map(ApiRoute::method).collect(Collectors.joining(", "));
            responder.respond(SimulatedResponse.of(405, ContentTypes.BARE_TEXT, "405 method not allowed").with("Allow", allowed));
            return;
        }
        serve(found.get(), exchange, responder);
    }

    private static void serve(ApiRoute route, SimulatedExchange exchange, SimulatedResponseWriter responder) {
        try {
            route.endpoint().handle(exchange, responder);
        } catch (ApiException error) {
            responder.respond(route.errors().reply(responder, error));
        }
    }

    private SimulatedResponse unknown(String path, String method) {
        boolean get = "GET".equals(method);
        if (path.contains("//")) {
            return SimulatedResponse.empty(301).with("Location", path.replaceAll("/+", "/"));
        }
        String trimmed = path.replaceAll("/$", "");
        if (!trimmed.equals(path) && routes.stream().anyMatch(route -> route.matchesPath(trimmed))) {
            return SimulatedResponse.empty(get ? 301 : 307).with("Location", trimmed);
        }
        return SimulatedResponse.of(404, ContentTypes.BARE_TEXT, "404 page not found");
    }
}
