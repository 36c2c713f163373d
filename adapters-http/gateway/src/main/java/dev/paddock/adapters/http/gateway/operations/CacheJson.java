package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.CacheReport;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.ports.reuse.SemanticCachePort;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cache of answers as JSON. */
final class CacheJson {

    private static final Set<String> METRICS = Set.of(
            "enabled", "hits", "misses", "exact_hits", "semantic_hits", "evictions", "expirations", "total_requests", "hit_rate",
            "semantic_hit_rate", "exact_hit_rate", "size", "max_size", "fill_ratio", "similarity_threshold", "ttl");

    private CacheJson() {}

    static Map<String, @Nullable Object> statistics(AnswerCachePort cache, @Nullable SemanticCachePort semantic) {
        long similar = semantic == null ? 0 : semantic.report().served(); // read first: each of them is a miss of the exact cache before
        CacheReport report = cache.report();
        long lookups = report.hits() + report.misses();
        CacheTuning tuning = cache.tuning();
        Map<String, @Nullable Object> bypasses = PlainJson.object();
        for (BypassReason reason : BypassReason.values()) {
            if (report.bypasses().containsKey(reason)) {
                bypasses.put(reason.label(), report.bypasses().get(reason));
            }
        }
        return PlainJson.object(
                "enabled", tuning.isEnabled(),
                "path", null,
                "hits", report.hits() + similar,
                "misses", report.misses() - similar,
                "exact_hits", report.hits(),
                "semantic_hits", similar,
                "total_requests", lookups,
                "hit_rate", lookups == 0 ? 0 : (double) (report.hits() + similar) / lookups,
                "exact_hit_rate", report.hitRate(),
                "semantic_hit_rate", lookups == 0 ? 0 : (double) similar / lookups,
                "bypasses", bypasses,
                "stored", report.stored(),
                "evictions", report.evictions(),
                "expirations", report.expirations(),
                "size", report.entries(),
                "max_size", null,
                "bytes", report.bytes(),
                "max_bytes", tuning.maxBytes(),
                "fill_ratio", (double) report.bytes() / tuning.maxBytes(),
                "similarity_threshold", null,
                "ttl", seconds(tuning, ReuseKind.DETERMINISTIC),
                "saved_seconds", millisAsSeconds(report.savedTime()),
                "saved_prompt_tokens", report.savedPromptTokens(),
                "saved_completion_tokens", report.savedCompletionTokens());
    }

    /** Returns the counts under the names of earlier software, which kept no others; null stands for what does not exist here. */
    static Map<String, @Nullable Object> metrics(@Nullable AnswerCachePort cache, @Nullable SemanticCachePort semantic) {
        Map<String, @Nullable Object> metrics = cache == null ? PlainJson.object("enabled", false) : statistics(cache, semantic);
        metrics.keySet().retainAll(METRICS);
        return metrics;
    }

    static Map<String, @Nullable Object> tuning(CacheTuning tuning) {
        return PlainJson.object(
                "enabled", tuning.isEnabled(),
                "similarity_threshold", null,
                "ttl", seconds(tuning, ReuseKind.DETERMINISTIC),
                "ttl_embeddings", seconds(tuning, ReuseKind.EMBEDDING),
                "ttl_deterministic", seconds(tuning, ReuseKind.DETERMINISTIC),
                "ttl_sampled", seconds(tuning, ReuseKind.SAMPLED),
                "max_size", null,
                "max_bytes", tuning.maxBytes());
    }

    private static double seconds(CacheTuning tuning, ReuseKind kind) {
        return millisAsSeconds(tuning.timeToLive(kind));
    }

    private static double millisAsSeconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
