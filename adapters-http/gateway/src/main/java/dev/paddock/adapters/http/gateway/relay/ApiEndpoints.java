package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The known endpoints of model servers: those of Ollama's server, with its subset of the APIs of OpenAI and Anthropic. Paths are compared
 * as received and never decoded. {@link OpenPaths} decides about all other requests. Immutable.
 */
public final class ApiEndpoints {

    private static final String ONE_MODEL = "/v1/models/";
    private static final List<String> MODELS = List.of(ONE_MODEL, "/models/", "/api/v0/models/", "/api/v1/models/");
    private static final String BLOBS = "/api/blobs/";
    private static final List<String> READING = List.of("GET", "HEAD");

    private final Map<String, ApiEndpoint> routes = new HashMap<>(); // by method and path, filled by the constructor only

    /** Creates the table. */
    public ApiEndpoints() {
        addNative();
        addCompatible();
        addAdministrative();
    }

    /**
     * Returns the endpoint of a request.
     *
     * @param method the method as received
     * @param path the path as received, without the query
     */
    public ApiEndpoint find(String method, String path) {
        ApiEndpoint known = routes.get(key(method, path));
        if (known != null) {
            return known;
        }
        Protocol protocol = Protocol.ofPath(path);
        if (isSegmentBelow(ONE_MODEL, path) && method.equals("GET")) {
            return new ApiEndpoint(Operation.SHOW_MODEL, protocol, false);
        }
        if (isBlob(path)) {
            return new ApiEndpoint(Operation.TRANSFER_BLOB, protocol, true);
        }
        return new ApiEndpoint(Operation.OTHER, protocol, isAdministrative(method, path));
    }

    /** Returns whether a request reads a model whose name is in the path. */
    public static boolean isModelRead(String method, String path) {
        return READING.contains(method) && MODELS.stream().anyMatch(parent -> isSegmentBelow(parent, path));
    }

    /** Decides about an unknown request. With a slash at its end, a path is as open as without: servers redirect it, or read it so. */
    private boolean isAdministrative(String method, String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        ApiEndpoint similar = routes.get(key(method, trimmed));
        return similar == null ? !OpenPaths.contain(method, trimmed) : similar.administrative();
    }

    private static boolean isBlob(String path) {
        return path.startsWith(BLOBS);
    }

    private void addNative() {
        // Clients request the root page, like the version, to check that the server runs.
        add(Operation.VERSION, READING, "/", "/api/version");
        add(Operation.LIST_MODELS, READING, "/api/tags");
        add(Operation.RUNNING_MODELS, List.of("GET"), "/api/ps");
        addPost(Operation.SHOW_MODEL, "/api/show");
        addPost(Operation.GENERATE, "/api/generate");
        addPost(Operation.CHAT, "/api/chat");
        addPost(Operation.EMBED, "/api/embed", "/api/embeddings");
    }

    private void addCompatible() {
        addPost(Operation.CHAT, "/v1/chat/completions", "/v1/responses", "/v1/messages");
        addPost(Operation.GENERATE, "/v1/completions");
        addPost(Operation.EMBED, "/v1/embeddings");
        add(Operation.LIST_MODELS, List.of("GET"), "/v1/models");
    }

    private void addAdministrative() {
        administer(Operation.PULL_MODEL, "POST", "/api/pull");
        administer(Operation.PUSH_MODEL, "POST", "/api/push");
        administer(Operation.CREATE_MODEL, "POST", "/api/create");
        administer(Operation.COPY_MODEL, "POST", "/api/copy");
        administer(Operation.DELETE_MODEL, "DELETE", "/api/delete");
    }

    private void addPost(Operation operation, String... paths) {
        add(operation, List.of("POST"), paths);
    }

    private void add(Operation operation, List<String> methods, String... paths) {
        for (String path : paths) {
            for (String method : methods) {
                routes.put(key(method, path), new ApiEndpoint(operation, Protocol.ofPath(path), false));
            }
        }
    }

    private void administer(Operation operation, String method, String path) {
        routes.put(key(method, path), new ApiEndpoint(operation, Protocol.ofPath(path), true));
    }

    private static boolean isSegmentBelow(String parent, String path) {
        return path.length() > parent.length()
                && path.startsWith(parent)
                && path.indexOf('/', parent.length()) < 0;
    }

    private static String key(String method, String path) {
        return method + ' ' + path;
    }
}
