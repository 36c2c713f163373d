package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.wire.request.ApiOperations;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import java.util.List;

/**
 * The endpoints of the gateway: those of model servers that are known, and who may use them. {@link OpenPaths} decides about all other
 * requests. Immutable.
 */
public final class ApiEndpoints {

    private static final List<String> MODELS = List.of("/v1/models/", "/models/", "/api/v0/models/", "/api/v1/models/");
    private static final List<String> READING = List.of("GET", "HEAD");

    /** Creates the table. */
    public ApiEndpoints() {}

    /**
     * Returns the endpoint of a request.
     *
     * @param method the method as received
     * @param path the path as received, without the query
     */
    public ApiEndpoint find(String method, String path) {
        Operation operation = ApiOperations.find(method, path);
        boolean administrative = operation == Operation.OTHER ? isAdministrative(method, path) : changesServer(operation);
        return new ApiEndpoint(operation, Protocol.ofPath(path), administrative);
    }

    /** Returns whether a request reads a model whose name is in the path. */
    public static boolean isModelRead(String method, String path) {
        return READING.contains(method) && MODELS.stream().anyMatch(parent -> ApiOperations.isSegmentBelow(parent, path));
    }

    /** Decides about an unknown request. With a slash at its end, a path is as open as without: servers redirect it, or read it so. */
    private static boolean isAdministrative(String method, String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        Operation similar = ApiOperations.find(method, trimmed);
        return similar == Operation.OTHER ? !OpenPaths.contain(method, trimmed) : changesServer(similar);
    }

    private static boolean changesServer(Operation operation) {
        return operation.operationClass() == OperationClass.MANAGE;
    }
}
