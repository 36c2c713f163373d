package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells of every request what it asks. Paths are compared as they were sent and never decoded: a path that a server might read in
 * another way is unknown, and an unknown request that might change the server is administrative.
 *
 * <p>The paths are those of Ollama's server: its own API, and those of OpenAI and Anthropic as far as it speaks them. Immutable.
 */
public final class RouteTable {

    private static final String ONE_MODEL = "/v1/models/";
    private static final String BLOBS = "/api/blobs/";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final Pattern UNAMBIGUOUS = Pattern.compile("(/[A-Za-z0-9_~!$&'()*+,=:@-][A-Za-z0-9_~!$&'()*+,=:@.-]*)*/?");

    private final Map<String, Route> routes = new HashMap<>(); // by method and path, filled by the constructor only

    /** Creates the table. */
    public RouteTable() {
        addNative();
        addCompatible();
        addAdministrative();
    }

    /**
     * Returns what a request asks.
     *
     * @param method the method as it was sent
     * @param path the path as it was sent, without the query
     */
    public Route find(String method, String path) {
        Route known = routes.get(key(method, path));
        if (known != null) {
            return known;
        }
        Protocol protocol = Protocol.ofPath(path);
        if (isSegmentBelow(ONE_MODEL, path) && method.equals("GET")) {
            return new Route(Operation.SHOW_MODEL, protocol, false);
        }
        if (path.startsWith(BLOBS)) {
            return new Route(Operation.TRANSFER_BLOB, protocol, true);
        }
        return new Route(Operation.OTHER, protocol, mayChangeServer(method, path));
    }

    private void addNative() {
        // The page by which one sees that the server runs is asked for no other reason than its version.
        add(Operation.VERSION, READING, "/", "/api/version");
        add(Operation.LIST_MODELS, READING, "/api/tags");
        add(Operation.RUNNING_MODELS, List.of("GET"), "/api/ps");
        addPost(Operation.SHOW_MODEL, "/api/show");
        addPost(Operation.GENERATE, "/api/generate");
        addPost(Operation.CHAT, "/api/chat");
        addPost(Operation.EMBED, "/api/embed", "/api/embeddings");
        // They fetch for a model what it asks for, and change nothing.
        addPost(Operation.OTHER, "/api/experimental/web_search", "/api/experimental/web_fetch");
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
        // Servers other than Ollama's load code or weights by these.
        administer(Operation.OTHER, "POST", "/v1/load_lora_adapter");
        administer(Operation.OTHER, "POST", "/v1/unload_lora_adapter");
    }

    private void addPost(Operation operation, String... paths) {
        add(operation, List.of("POST"), paths);
    }

    private void add(Operation operation, List<String> methods, String... paths) {
        for (String path : paths) {
            for (String method : methods) {
                routes.put(key(method, path), new Route(operation, Protocol.ofPath(path), false));
            }
        }
    }

    private void administer(Operation operation, String method, String path) {
        routes.put(key(method, path), new Route(operation, Protocol.ofPath(path), true));
    }

    /**
     * Tells whether a request that is not known may change the server: one below {@code /api} with a method that is not safe, one
     * that deletes a model, and one whose path could turn into another on its way.
     */
    private boolean mayChangeServer(String method, String path) {
        if (SAFE_METHODS.contains(method)) {
            return false;
        }
        if (!UNAMBIGUOUS.matcher(path).matches()) {
            return true;
        }
        String lowerCase = path.toLowerCase(Locale.ROOT);
        if (method.equals("DELETE") && lowerCase.startsWith(ONE_MODEL)) {
            return true;
        }
        return lowerCase.startsWith("/api/") && !isKnownButForSlash(method, path);
    }

    /** Ollama's server answers such a request with a redirect to the path without the slash. */
    private boolean isKnownButForSlash(String method, String path) {
        Route known = path.endsWith("/") ? routes.get(key(method, path.substring(0, path.length() - 1))) : null;
        return known != null && !known.administrative();
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
