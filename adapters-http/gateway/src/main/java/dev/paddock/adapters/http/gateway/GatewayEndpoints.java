package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.server.ServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoints of a gateway by path and method. Immutable. */
public final class GatewayEndpoints {

    private final Map<String, Map<String, GatewayEndpoint>> byPath = new HashMap<>(); // and method; filled by the constructor only
    private final Map<String, GatewayEndpoint> otherMethods = new HashMap<>(); // by path; likewise

    /**
     * Creates the table.
     *
     * @throws IllegalArgumentException if two endpoints have a path and a method in common
     */
    public GatewayEndpoints(List<GatewayEndpoint> endpoints) {
        endpoints.forEach(endpoint -> endpoint.paths().forEach(path -> add(path, endpoint)));
        byPath.forEach((path, byMethod) -> {
            if (byMethod.values().stream().noneMatch(GatewayEndpoint::isForBrowsers)) {
                otherMethods.put(path, methodNotAllowed(path, byMethod));
            }
        });
    }

    /**
     * Returns the endpoint that answers a request, or null when the gateway relays it. On the path of an endpoint, any other method is
     * answered with status 405.
     *
     * @param method the method as received
     * @param path the path as received, without the query
     * @param accepted the field Accept, or null
     */
    public @Nullable GatewayEndpoint find(String method, String path, @Nullable String accepted) {
        GatewayEndpoint endpoint = find(method, path);
        boolean isMeant = endpoint == null || !endpoint.isForBrowsers() || (accepted != null && accepted.contains("text/html"));
        return isMeant ? endpoint : null;
    }

    /** Returns the endpoint on a path, whether a browser asks or not. */
    public @Nullable GatewayEndpoint find(String method, String path) {
        Map<String, GatewayEndpoint> byMethod = byPath.get(path);
        if (byMethod == null) {
            return null;
        }
        GatewayEndpoint endpoint = byMethod.get(method);
        return endpoint == null ? otherMethods.get(path) : endpoint;
    }

    private void add(String path, GatewayEndpoint endpoint) {
        Map<String, GatewayEndpoint> byMethod = byPath.computeIfAbsent(path, first -> new HashMap<>());
        for (String method : endpoint.methods()) {
            if (byMethod.put(method, endpoint) != null) {
                throw new IllegalArgumentException("two endpoints for " + method + " " + path);
            }
        }
    }

    /** Returns what answers the other methods of a path, with the least access class of the path. */
    private static GatewayEndpoint methodNotAllowed(String path, Map<String, GatewayEndpoint> byMethod) {
        List<String> allowed = byMethod.keySet().stream().sorted().toList();
        String methods = String.join(", ", allowed);
        return new GatewayEndpoint(
                List.of(path),
                allowed,
                byMethod.values().stream().map(GatewayEndpoint::access).min(Enum::compareTo).orElseThrow(),
                (call, responder) -> {
                    ServerResponse body = GatewayEndpoint.json(405, Map.of("error", path + " allows only " + methods));
                    responder.send(new ServerResponse(405, body.head().headers().with("Allow", methods), body.body()));
                });
    }
}
