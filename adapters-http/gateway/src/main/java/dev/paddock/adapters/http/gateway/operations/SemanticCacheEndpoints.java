package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.reuse.semantic.ErrorRate;
import dev.paddock.domain.reuse.semantic.QuestionDifference;
import dev.paddock.domain.reuse.semantic.SemanticMode;
import dev.paddock.domain.reuse.semantic.SemanticReport;
import dev.paddock.ports.reuse.SemanticCachePort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The endpoints that change the semantic cache: {@value #CONFIGURATION} and {@value #WRONG}. Its counts are among those of the cache. */
final class SemanticCacheEndpoints {

    /** The path at which the mode is changed. */
    static final String CONFIGURATION = "/api/semantic-cache/config";

    /** The path at which a wrong answer is reported. */
    static final String WRONG = "/api/semantic-cache/wrong";

    private SemanticCacheEndpoints() {}

    /** Returns the endpoints of a cache, or of none. */
    static List<GatewayEndpoint> of(@Nullable SemanticCachePort cache) {
        return List.of(post(CONFIGURATION, cache, SemanticCacheEndpoints::configure), post(WRONG, cache, SemanticCacheEndpoints::report));
    }

    private static GatewayEndpoint post(
            String path, @Nullable SemanticCachePort cache, BiFunction<SemanticCachePort, EndpointCall, ServerResponse> response) {
        return new GatewayEndpoint(
                        List.of(path),
                        List.of("POST"),
                        AccessClass.ADMIN,
                        (call, responder) -> responder.send(cache == null ? withoutCache() : response.apply(cache, call)))
                .withJson();
    }

    private static ServerResponse configure(SemanticCachePort cache, EndpointCall call) {
        Map<?, ?> fields = CacheEndpoints.body(call);
        Optional<SemanticMode> mode = Stream.of(SemanticMode.values())
                .filter(each -> fields.size() == 1 && each.label().equals(fields.get("mode")))
                .findFirst();
        if (mode.isEmpty()) {
            return CacheEndpoints.problem("the body says {\"mode\": \"shadow\"} or {\"mode\": \"serve\"}");
        }
        cache.mode(mode.get());
        return GatewayEndpoint.json(200, json(cache));
    }

    private static ServerResponse report(SemanticCachePort cache, EndpointCall call) {
        Map<?, ?> fields = CacheEndpoints.body(call);
        if (fields.size() != 1 || !(fields.get("id") instanceof String id)) {
            return CacheEndpoints.problem("the body says {\"id\": \"...\"}, the key in the Cache-Status of the wrong answer");
        }
        boolean isRemoved = cache.reportWrong(id);
        return isRemoved
                ? GatewayEndpoint.json(200, Map.of("status", "ok", "removed", 1))
                : GatewayEndpoint.json(404, Map.of("error", "there is no such answer (any more)"));
    }

    private static ServerResponse withoutCache() {
        return GatewayEndpoint.json(409, Map.of(
                "error",
                "this gateway was started without a semantic cache: use serve --cache --semantic shadow, or paddock.semantic-cache.enabled = true"));
    }

    /** Returns the counts as JSON. */
    static Map<String, @Nullable Object> json(@Nullable SemanticCachePort cache) {
        if (cache == null) {
            return PlainJson.object("enabled", false);
        }
        SemanticReport report = cache.report();
        Map<String, @Nullable Object> refused = PlainJson.object();
        for (QuestionDifference difference : QuestionDifference.values()) {
            if (report.refused().containsKey(difference)) {
                refused.put(difference.label(), report.refused().get(difference));
            }
        }
        return PlainJson.object(
                "enabled", true,
                "mode", report.mode().label(),
                "stopped_itself", report.stoppedItself(),
                "served", report.served(),
                "explored", report.explored(),
                "shadowed", report.shadowed(),
                "failed", report.failed(),
                "late", report.late(),
                "refused", refused,
                "false_hits", json(report.falseHits()),
                "false_candidates", json(report.falseCandidates()),
                "reported", report.reported(),
                "size", report.entries(),
                "bytes", report.bytes());
    }

    private static Map<String, @Nullable Object> json(ErrorRate rate) {
        return PlainJson.object(
                "wrong", rate.wrong(), "compared", rate.compared(), "rate", rate.fraction(), "low", rate.low(), "high", rate.high());
    }
}
