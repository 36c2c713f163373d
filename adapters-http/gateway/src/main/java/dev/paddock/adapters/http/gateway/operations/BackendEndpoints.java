package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.ports.routing.BackendsPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of the model servers behind a gateway: {@value #BACKENDS} shows what is known of them, {@value #DRAIN} keeps further calls
 * from one, and {@value #UNDRAIN} lets them pass again. The figures come from this process; no server is asked.
 */
public final class BackendEndpoints {

    /** The path of the list. */
    public static final String BACKENDS = "/api/backends";

    /** The path at which a server is drained. */
    public static final String DRAIN = "/api/backends/drain";

    /** The path at which a drained server gets calls again. */
    public static final String UNDRAIN = "/api/backends/undrain";

    private static final int NOT_FOUND = 404;

    private final BackendsPort backends;

    private BackendEndpoints(BackendsPort backends) {
        this.backends = requireNonNull(backends, "backends");
    }

    /** Returns the endpoints. */
    public static List<GatewayEndpoint> of(BackendsPort backends) {
        BackendEndpoints endpoints = new BackendEndpoints(backends);
        return List.of(
                GatewayEndpoint.read(BACKENDS, AccessClass.OPERATOR, call -> endpoints.list()),
                endpoints.change(DRAIN, true),
                endpoints.change(UNDRAIN, false));
    }

    private GatewayEndpoint change(String path, boolean isDrained) {
        return new GatewayEndpoint(
                        List.of(path),
                        List.of("POST"),
                        AccessClass.ADMIN,
                        (call, responder) -> responder.send(setDrained(call, isDrained)))
                .withJson();
    }

    private ServerResponse list() {
        return GatewayEndpoint.json(200, Map.of("backends", list(backends)));
    }

    static List<Map<String, @Nullable Object>> list(BackendsPort backends) {
        return backends.backends().stream().map(BackendEndpoints::json).toList();
    }

    private ServerResponse setDrained(EndpointCall call, boolean isDrained) {
        Map<?, ?> body = CacheEndpoints.body(call);
        if (!(body.get("id") instanceof String id) || body.size() > 1) {
            return CacheEndpoints.problem("the body says which backend: {\"id\": \"...\"}");
        }
        BackendStatus before = find(id);
        if (before == null || !backends.setDrained(before.backend().id(), isDrained)) {
            List<String> ids = backends.backends().stream().map(status -> status.backend().id().value()).toList();
            return GatewayEndpoint.json(
                    NOT_FOUND, Map.of("error", "there is no backend with this id that can be drained; there are " + String.join(", ", ids)));
        }
        BackendStatus after = find(id);
        return GatewayEndpoint.json(200, json(after == null ? before : after));
    }

    private @Nullable BackendStatus find(String id) {
        return backends.backends().stream()
                .filter(status -> status.backend().id().value().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, @Nullable Object> json(BackendStatus status) {
        Backend backend = status.backend();
        BackendId id = backend.id();
        return PlainJson.object(
                "id", id.value(),
                "base_url", backend.baseUrl().toString(),
                "dialect", backend.hasNativeApi() ? "ollama" : "openai",
                "state", status.state().label(),
                "weight", backend.weight(),
                "slots", backend.slots() == 0 ? null : backend.slots(),
                "labels", backend.labels().stream().sorted().toList(),
                "in_flight", status.inFlight(),
                "failure_share", Math.round(status.failureShare() * 1000) / 1000.0,
                "learned_ago_ms", milliseconds(status.learnedAgo()),
                "models", status.models().stream().map(BackendEndpoints::json).toList());
    }

    private static Map<String, @Nullable Object> json(BackendStatus.ModelStatus model) {
        return PlainJson.object(
                "name", model.name(),
                "digest", model.digest(),
                "resident", model.isResident(),
                "context_length", model.contextLength(),
                "expires_in_ms", milliseconds(model.expiresIn()),
                "in_flight", model.inFlight(),
                "slots", model.slots(),
                "first_frame_ms", milliseconds(model.firstFrame()),
                "load_ms", milliseconds(model.load()));
    }

    private static @Nullable Object milliseconds(@Nullable Duration duration) {
        return duration == null ? null : Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
