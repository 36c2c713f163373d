package dev.paddock.adapters.http.gateway.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.ports.reuse.SemanticCachePort;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of the cache of answers: {@value #STATISTICS}, {@value #METRICS}, {@value #CONFIGURATION} and {@value #CLEARING}. The names of
 * their fields are those of earlier software of this kind, so that its scripts find them; a field that has no meaning here is null.
 */
public final class CacheEndpoints {

    /** The path of the counts. */
    public static final String STATISTICS = "/api/cache-stats";

    /** The path of the counts of equal and similar questions together, of which earlier software made one cache. */
    public static final String METRICS = "/api/semantic-cache/metrics";

    /** The path of what can be changed. */
    public static final String CONFIGURATION = "/api/cache/config";

    /** The path at which answers are removed. */
    public static final String CLEARING = "/api/cache/clear";

    private static final Map<String, @Nullable Object> INFO = PlainJson.object(
            "description", "Answers are used again for equal questions and, if that is switched on, for similar ones.",
            "benefits", List.of(
                    "A stored answer needs no model server.",
                    "Hits of equal and of similar questions are counted apart.",
                    "Each caller has answers of its own."),
            "configuration", PlainJson.object(
                    "enabled", "paddock.cache.enabled",
                    "similar_questions", "paddock.semantic-cache.enabled",
                    "similarity_threshold", "paddock.semantic-cache.threshold",
                    "ttl", "paddock.cache.ttl"));

    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;

    private final @Nullable AnswerCachePort cache;
    private final @Nullable SemanticCachePort semantic;
    private final UnaryOperator<String> tenants;
    private final long maxBytes;
    private final InstantSource clock;

    private CacheEndpoints(
            @Nullable AnswerCachePort cache,
            @Nullable SemanticCachePort semantic,
            UnaryOperator<String> tenants,
            long maxBytes,
            InstantSource clock) {
        this.cache = cache;
        this.semantic = semantic;
        this.tenants = requireNonNull(tenants, "tenants");
        this.maxBytes = maxBytes;
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Returns the endpoints.
     *
     * @param cache the cache, or null when the gateway has none
     * @param semantic the semantic cache, or null when the gateway has none
     * @param tenants the owner of the answers to a caller, as operators name it
     */
    public static List<GatewayEndpoint> of(
            @Nullable AnswerCachePort cache, @Nullable SemanticCachePort semantic, UnaryOperator<String> tenants) {
        return of(cache, semantic, tenants, Runtime.getRuntime().maxMemory() / 2, InstantSource.system());
    }

    static List<GatewayEndpoint> of(
            @Nullable AnswerCachePort cache,
            @Nullable SemanticCachePort semantic,
            UnaryOperator<String> tenants,
            long maxBytes,
            InstantSource clock) {
        CacheEndpoints endpoints = new CacheEndpoints(cache, semantic, tenants, maxBytes, clock);
        List<GatewayEndpoint> all = new ArrayList<>(List.of(
                GatewayEndpoint.read(STATISTICS, AccessClass.OPERATOR, call -> endpoints.statistics()),
                GatewayEndpoint.read(METRICS, AccessClass.OPERATOR, call -> endpoints.metrics()),
                GatewayEndpoint.read(CONFIGURATION, AccessClass.OPERATOR, call -> endpoints.configuration()),
                post(CONFIGURATION, endpoints::configure),
                post(CLEARING, endpoints::clear)));
        all.addAll(SemanticCacheEndpoints.of(semantic));
        return all;
    }

    private static GatewayEndpoint post(String path, Function<EndpointCall, ServerResponse> response) {
        return new GatewayEndpoint(
                        List.of(path), List.of("POST"), AccessClass.ADMIN, (call, responder) -> responder.send(response.apply(call)))
                .withJson();
    }

    private ServerResponse statistics() {
        Map<String, @Nullable Object> fields = PlainJson.object(
                "timestamp", clock.instant().toString(),
                "filters_cache", null,
                "generation_cache", cache == null ? PlainJson.object("enabled", false) : CacheJson.statistics(cache, semantic),
                "semantic_cache", SemanticCacheEndpoints.json(semantic),
                "database", null);
        return GatewayEndpoint.json(200, fields);
    }

    private ServerResponse metrics() {
        return GatewayEndpoint.json(
                200, PlainJson.object("timestamp", clock.instant().toString(), "semantic_cache", CacheJson.metrics(cache, semantic), "info", INFO));
    }

    private ServerResponse configuration() {
        return GatewayEndpoint.json(200, cache == null ? PlainJson.object("enabled", false) : CacheJson.tuning(cache.tuning()));
    }

    private ServerResponse configure(EndpointCall call) {
        AnswerCachePort present = cache;
        if (present == null) {
            return withoutCache();
        }
        CacheTuning before = present.tuning();
        TuningRequest change = TuningRequest.of(body(call), before, maxBytes);
        if (!change.problems().isEmpty()) {
            return problem(GatewayEndpoint.sentence(change.problems()));
        }
        present.tune(change.tuning());
        Map<String, @Nullable Object> current = CacheJson.tuning(present.tuning());
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(current);
        changed.entrySet().removeAll(CacheJson.tuning(before).entrySet());
        return GatewayEndpoint.json(
                200, PlainJson.object("enabled", present.tuning().isEnabled(), "changed", changed, "current", current));
    }

    private ServerResponse clear(EndpointCall call) {
        AnswerCachePort present = cache;
        if (present == null) {
            return withoutCache();
        }
        AnswerSelection selection = selection(body(call));
        if (selection == null) {
            return problem("the body says either {\"all\": true}, or a tenant (namespace), a model or both, as texts");
        }
        long removed = present.clear(selection);
        return GatewayEndpoint.json(
                200, PlainJson.object("status", "ok", "removed", removed, "size", present.report().entries()));
    }

    /** Returns the answers that the fields select, or null when one of them is not understood: that must not select more than was meant. */
    private @Nullable AnswerSelection selection(Map<?, ?> body) {
        Map<Object, Object> fields = new LinkedHashMap<>(body);
        fields.values().removeIf(Objects::isNull);
        fields.remove("all", false);
        if (fields.equals(Map.of("all", true))) {
            return AnswerSelection.ALL;
        }
        boolean areTexts = fields.values().stream().allMatch(String.class::isInstance);
        boolean areKnown = List.of("tenant", "namespace", "model").containsAll(fields.keySet());
        boolean isTwice = fields.containsKey("tenant") && fields.containsKey("namespace");
        if (fields.isEmpty() || !areTexts || !areKnown || isTwice) {
            return null;
        }
        String caller = (String) fields.getOrDefault("tenant", fields.get("namespace"));
        return new AnswerSelection(caller == null ? null : tenants.apply(caller), (String) fields.get("model"));
    }

    /** Returns the fields of the object in the body, none when it is something else or has a field twice. */
    static Map<?, ?> body(EndpointCall call) {
        try {
            return PlainJson.fromUnambiguousText(new String(call.request().body().bytes(), UTF_8)) instanceof Map<?, ?> fields ? fields : Map.of();
        } catch (IllegalArgumentException notJson) {
            return Map.of();
        }
    }

    static ServerResponse problem(String message) {
        return GatewayEndpoint.json(BAD_REQUEST, Map.of("error", message));
    }

    private static ServerResponse withoutCache() {
        return GatewayEndpoint.json(
                CONFLICT, Map.of("error", "this gateway was started without a cache: use serve --cache, or paddock.cache.enabled = true"));
    }
}
