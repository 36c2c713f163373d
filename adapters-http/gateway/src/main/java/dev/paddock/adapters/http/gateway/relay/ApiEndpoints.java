package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The known endpoints of model servers. Paths are compared as received and never decoded. An unknown request is relayed like any other;
 * it is administrative only if it deletes something, or if a server could read it as a request that changes the server.
 *
 * <p>The paths are those of Ollama's server: its own API, and its subset of the APIs of OpenAI and Anthropic; of other servers only the
 * paths that change them. Immutable.
 */
public final class ApiEndpoints {

    private static final String ONE_MODEL = "/v1/models/";
    private static final String BLOBS = "/api/blobs";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final String DELETE = "DELETE";

    /** Paths without an operation that change a server or its account; the last three lines are those of llama.cpp and vLLM. */
    private static final List<String> CHANGES = List.of(
            "/api/me", "/api/signout", "/api/user",
            "/v1/load_lora_adapter", "/v1/unload_lora_adapter", "/lora-adapters",
            "/props", "/slots", "/models/load", "/models/unload",
            "/sleep", "/wake_up", "/collective_rpc", "/reset_prefix_cache", "/reset_mm_cache");

    /** A path without escapes, segment parameters and backslashes, which servers read differently. */
    private static final Pattern PLAIN = Pattern.compile("/[/A-Za-z0-9_~!$&'()*+,=:@.-]*");

    private final Map<String, ApiEndpoint> routes = new HashMap<>(); // by method and path, filled by the constructor only
    private final Set<String> administrative = new HashSet<>(CHANGES); // paths in lower case, filled likewise

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
        return new ApiEndpoint(Operation.OTHER, protocol, mayChangeServer(method, path));
    }

    private static boolean isBlob(String path) {
        return path.startsWith(BLOBS + '/');
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
        administer(Operation.DELETE_MODEL, DELETE, "/api/delete");
        administrative.add(BLOBS);
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
        administrative.add(path);
    }

    /**
     * Returns whether an unknown request may change the server: it deletes something, its path is at or below one that changes servers, in
     * any case, or a server could read its path as a different one.
     */
    private boolean mayChangeServer(String method, String path) {
        if (SAFE_METHODS.contains(method)) {
            return false;
        }
        if (!PLAIN.matcher(path).matches() || path.contains("//") || path.contains("/.")) {
            return true;
        }
        String lowerCase = path.toLowerCase(Locale.ROOT);
        if (method.equals(DELETE) && (lowerCase.startsWith("/api/") || lowerCase.startsWith(ONE_MODEL))) {
            return true;
        }
        return administrative.stream().anyMatch(change -> isAtOrBelow(change, lowerCase));
    }

    private static boolean isAtOrBelow(String parent, String path) {
        return path.startsWith(parent) && (path.length() == parent.length() || path.charAt(parent.length()) == '/');
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
