package dev.paddock.adapters.http.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Headers;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests that the gateway answers itself. Nothing on its paths is relayed: a method that no endpoint of the path has is answered
 * with status 405.
 *
 * @param paths the paths, compared with requests as they were received, without their query; never decoded
 * @param methods the methods
 * @param access who may send the requests
 * @param isMonitoring whether monitoring sends them again and again, so that the access log leaves them out by default, and a graceful
 *     shutdown does not wait for clients that do not read the responses
 * @param readsBody whether the handler reads bodies; others are discarded, and the connection is closed after the response
 * @param isForBrowsers whether only requests that accept a page (text/html) are meant; the gateway relays the others
 * @param handler answers them
 */
public record GatewayEndpoint(
        List<String> paths,
        List<String> methods,
        AccessClass access,
        boolean isMonitoring,
        boolean readsBody,
        boolean isForBrowsers,
        Handler handler) {

    private static final String JSON = "application/json";

    /** Several times the JSON of the longest question. Its values may need a hundred times its memory, which nothing counts. */
    private static final int LONGEST_JSON = 256 << 10;

    private static final int TOO_LARGE = 413;
    private static final int MOST_PROBLEMS = 20;

    /** Answers requests. Implementations are thread-safe. */
    @FunctionalInterface
    public interface Handler {

        /**
         * Answers a request that was admitted, exactly once. Runs on a virtual thread and may block.
         *
         * @throws dev.paddock.domain.error.LlmException after a response that has begun with success and has ended with a failure: why, for
         *     the access log
         */
        void handle(EndpointCall call, Responder responder);
    }

    /**
     * Checks the endpoint.
     *
     * @throws IllegalArgumentException if there is no path or no method, or a path does not begin with a slash
     */
    public GatewayEndpoint {
        paths = List.copyOf(paths);
        methods = List.copyOf(methods);
        requireNonNull(access, "access");
        requireNonNull(handler, "handler");
        if (paths.isEmpty() || methods.isEmpty() || !paths.stream().allMatch(path -> path.startsWith("/"))) {
            throw new IllegalArgumentException("an endpoint needs a path that begins with / and a method: " + paths + methods);
        }
    }

    /** Creates an endpoint whose requests are in the access log, with the checks of the other constructor. */
    public GatewayEndpoint(List<String> paths, List<String> methods, AccessClass access, Handler handler) {
        this(paths, methods, access, false, false, false, handler);
    }

    /** Returns this endpoint as one whose requests the access log leaves out by default. */
    public GatewayEndpoint asMonitoring() {
        return new GatewayEndpoint(paths, methods, access, true, readsBody, isForBrowsers, handler);
    }

    /** Returns this endpoint as one whose handler reads the bodies of requests, which are kept in memory. */
    public GatewayEndpoint withBody() {
        return new GatewayEndpoint(paths, methods, access, isMonitoring, true, isForBrowsers, handler);
    }

    /** Returns this endpoint as one whose handler reads JSON from the bodies of requests; a long one is refused with status 413. */
    public GatewayEndpoint withJson() {
        Handler bounded = (call, responder) -> {
            if (call.request().body().length() > LONGEST_JSON) {
                responder.send(json(TOO_LARGE, Map.of("error", "the body of this request has at most " + LONGEST_JSON + " bytes")));
            } else {
                handler.handle(call, responder);
            }
        };
        return new GatewayEndpoint(paths, methods, access, isMonitoring, true, isForBrowsers, bounded);
    }

    /** Returns what is wrong with a request in one text; of very many problems the first ones. */
    public static String sentence(List<String> problems) {
        String first = String.join("; ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        return problems.size() <= MOST_PROBLEMS ? first : first + "; and " + (problems.size() - MOST_PROBLEMS) + " more";
    }

    /** Returns this endpoint as one for requests that accept a page; what is not asked for by a browser is relayed. */
    public GatewayEndpoint forBrowsers() {
        return new GatewayEndpoint(paths, methods, access, isMonitoring, readsBody, true, handler);
    }

    /** Returns an endpoint for {@code GET} and {@code HEAD}; the server omits the body of the response to {@code HEAD}. */
    public static GatewayEndpoint read(String path, AccessClass access, Function<EndpointCall, ServerResponse> response) {
        requireNonNull(response, "response");
        return new GatewayEndpoint(
                List.of(path), List.of("GET", "HEAD"), access, (call, responder) -> responder.send(response.apply(call)));
    }

    /** Returns a response that must not be cached. */
    public static ServerResponse response(int status, String contentType, byte[] body) {
        return new ServerResponse(status, Headers.of("Content-Type", contentType).with("Cache-Control", "no-store"), body);
    }

    /** Returns a response with a JSON object, which must not be cached. */
    public static ServerResponse json(int status, Map<String, ? extends @Nullable Object> fields) {
        return response(status, JSON, (PlainJson.toText(fields) + "\n").getBytes(UTF_8));
    }
}
