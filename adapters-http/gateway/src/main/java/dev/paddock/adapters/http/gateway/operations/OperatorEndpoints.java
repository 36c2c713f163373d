package dev.paddock.adapters.http.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.GatewayEndpoints;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the operator asks: {@code GET} or {@code HEAD} of {@value #POOL}, {@value #METRICS}, {@value #HEALTH} and
 * {@value #READINESS}. None of it reaches a model server or takes a connection. Thread-safe.
 */
public final class OperatorEndpoints implements GatewayEndpoints {

    /** The path of the pool of connections, as JSON. */
    public static final String POOL = "/api/connection-pool/metrics";

    /** The path of the page for Prometheus. */
    public static final String METRICS = "/metrics";

    /** The path that answers as long as the process lives. */
    public static final String HEALTH = "/healthz";

    /** The path that says whether requests should be sent here. */
    public static final String READINESS = "/readyz";

    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final String JSON = "application/json";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final OperationsSources sources;
    private final InstantSource clock;
    private final ConnectionPoolReport pool;

    /** Creates the answers from where the figures come from. */
    public OperatorEndpoints(OperationsSources sources) {
        this(sources, InstantSource.system());
    }

    OperatorEndpoints(OperationsSources sources, InstantSource clock) {
        this.sources = requireNonNull(sources, "sources");
        this.clock = clock;
        this.pool = new ConnectionPoolReport(sources);
    }

    /**
     * Answers a request; any method but these two with 405. The answer to {@code HEAD} is the same as that to {@code GET}: leaving
     * out its body is for the server (RFC 9110, section 9.3.2).
     */
    @Override
    public @Nullable ServerResponse answer(RequestHead request, boolean draining) {
        return switch (request.path()) {
            case POOL -> read(request, () -> json(200, pool.at(clock.instant())));
            case METRICS -> read(request, () -> reply(200, PROMETHEUS_TEXT, page()));
            case HEALTH -> read(request, () -> json(200, Map.of("status", "ok")));
            case READINESS -> read(request, () -> readiness(draining));
            default -> null;
        };
    }

    @Override
    public boolean isProbe(String path) {
        return path.equals(HEALTH) || path.equals(READINESS);
    }

    private static ServerResponse read(RequestHead request, Supplier<ServerResponse> answer) {
        return METHODS.contains(request.method()) ? answer.get() : notAllowed(request.path());
    }

    private ServerResponse readiness(boolean draining) {
        Readiness readiness = Readiness.of(draining, sources.circuitBreakers().circuits());
        return json(readiness.status(), readiness.toMap());
    }

    private byte[] page() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            sources.metrics().writeTo(bytes);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return bytes.toByteArray();
    }

    private static ServerResponse notAllowed(String path) {
        ServerResponse plain = json(405, Map.of("error", path + " can only be read, with GET"));
        return new ServerResponse(405, plain.head().headers().with("Allow", "GET, HEAD"), plain.body());
    }

    private static ServerResponse json(int status, Map<String, ? extends @Nullable Object> fields) {
        return reply(status, JSON, (PlainJson.toText(fields) + "\n").getBytes(UTF_8));
    }

    private static ServerResponse reply(int status, String contentType, byte[] body) {
        Headers headers = Headers.of("Content-Type", contentType).with("Cache-Control", "no-store");
        return new ServerResponse(status, headers, body);
    }
}
