package dev.paddock.adapters.http.wire.request;

import dev.paddock.domain.exchange.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the endpoints of model servers do: those of Ollama's server, with its subset of the APIs of OpenAI and Anthropic. Paths are compared
 * as received and never decoded. Thread-safe.
 */
public final class ApiOperations {

    private static final String ONE_MODEL = "/v1/models/";
    private static final String BLOBS = "/api/blobs/";
    private static final List<String> READING = List.of("GET", "HEAD");
    private static final Map<String, Operation> KNOWN = known();

    private ApiOperations() {}

    /**
     * Returns the operation of a request; {@link Operation#OTHER} when it is unknown.
     *
     * @param method the method as received
     * @param path the path as received, without the query
     */
    public static Operation find(String method, String path) {
        Operation known = KNOWN.get(key(method, path));
        if (known != null) {
            return known;
        }
        if (method.equals("GET") && isSegmentBelow(ONE_MODEL, path)) {
            return Operation.SHOW_MODEL;
        }
        return path.startsWith(BLOBS) ? Operation.TRANSFER_BLOB : Operation.OTHER;
    }

    /** Returns whether a path is one segment longer than another one, which ends with a slash. */
    public static boolean isSegmentBelow(String parent, String path) {
        return path.length() > parent.length() && path.startsWith(parent) && path.indexOf('/', parent.length()) < 0;
    }

    private static Map<String, Operation> known() {
        Map<String, Operation> operations = new HashMap<>();
        // Clients request the root page, like the version, to check that the server runs.
        add(operations, Operation.VERSION, READING, "/", "/api/version");
        add(operations, Operation.LIST_MODELS, READING, "/api/tags");
        add(operations, Operation.RUNNING_MODELS, List.of("GET"), "/api/ps");
        addPost(operations, Operation.SHOW_MODEL, "/api/show");
        addPost(operations, Operation.GENERATE, "/api/generate");
        addPost(operations, Operation.CHAT, "/api/chat");
        addPost(operations, Operation.EMBED, "/api/embed", "/api/embeddings");
        addPost(operations, Operation.CHAT, "/v1/chat/completions", "/v1/responses", "/v1/messages");
        addPost(operations, Operation.GENERATE, "/v1/completions");
        addPost(operations, Operation.EMBED, "/v1/embeddings");
        add(operations, Operation.LIST_MODELS, List.of("GET"), "/v1/models");
        addPost(operations, Operation.PULL_MODEL, "/api/pull");
        addPost(operations, Operation.PUSH_MODEL, "/api/push");
        addPost(operations, Operation.CREATE_MODEL, "/api/create");
        addPost(operations, Operation.COPY_MODEL, "/api/copy");
        add(operations, Operation.DELETE_MODEL, List.of("DELETE"), "/api/delete");
        return Map.copyOf(operations);
    }

    private static void addPost(Map<String, Operation> operations, Operation operation, String... paths) {
        add(operations, operation, List.of("POST"), paths);
    }

    private static void add(Map<String, Operation> operations, Operation operation, List<String> methods, String... paths) {
        for (String path : paths) {
            for (String method : methods) {
                operations.put(key(method, path), operation);
            }
        }
    }

    private static String key(String method, String path) {
        return method + ' ' + path;
    }
}
