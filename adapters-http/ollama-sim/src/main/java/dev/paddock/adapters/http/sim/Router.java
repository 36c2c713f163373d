package dev.paddock.adapters.http.sim;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds who answers a request; unknown paths and wrong methods get plain text, as Ollama's router sends. */
final class Router {
    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    void route(Exchange exchange, Responder responder) {
        String path = exchange.request().path();
        String method = exchange.request().method();
        List<Route> candidates = routes.stream().filter(route -> route.matchesPath(path)).toList();
        if (candidates.isEmpty()) {
            responder.whole(unknown(path, method));
            return;
        }
        Optional<Route> found = candidates.stream().filter(route -> route.matchesMethod(method)).findFirst();
        if (found.isEmpty()) {
            String allowed = candidates.stream().map(Route::method).collect(Collectors.joining(", "));
            responder.whole(Reply.of(405, ContentTypes.BARE_TEXT, "405 method not allowed").with("Allow", allowed));
            return;
        }
        serve(found.get(), exchange, responder);
    }

    private static void serve(Route route, Exchange exchange, Responder responder) {
        try {
            route.endpoint().handle(exchange, responder);
        } catch (ApiException error) {
            responder.whole(route.errors().reply(responder, error));
        }
    }

    private Reply unknown(String path, String method) {
        boolean get = "GET".equals(method);
        if (path.contains("//")) {
            return Reply.empty(301).with("Location", path.replaceAll("/+", "/"));
        }
        String trimmed = path.replaceAll("/$", "");
        if (!trimmed.equals(path) && routes.stream().anyMatch(route -> route.matchesPath(trimmed))) {
            return Reply.empty(get ? 301 : 307).with("Location", trimmed);
        }
        return Reply.of(404, ContentTypes.BARE_TEXT, "404 page not found");
    }
}
