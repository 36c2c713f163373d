package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.domain.reuse.CacheTuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tuning that an operator asks for, or everything that is wrong with it.
 *
 * @param tuning the new tuning; the present one where a field is missing or wrong
 * @param problems what is wrong, in one sentence each
 */
record TuningRequest(CacheTuning tuning, List<String> problems) {

    private static final double LONGEST_SECONDS = 24 * 3600;

    TuningRequest {
        problems = List.copyOf(problems);
    }

    /** Reads the fields of a request, which change a present tuning. */
    static TuningRequest of(Map<?, ?> fields, CacheTuning present, long mostBytes) {
        List<String> problems = new ArrayList<>();
        if (fields.isEmpty()) {
            problems.add("the body is not a JSON object with fields, each of them once");
        }
        CacheTuning tuning = present;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            tuning = change(tuning, String.valueOf(field.getKey()), field.getValue(), mostBytes, problems);
        }
        return new TuningRequest(tuning, problems);
    }

    private static CacheTuning change(
            CacheTuning tuning, String name, @Nullable Object value, long mostBytes, List<String> problems) {
        if (name.equals("enabled") && value instanceof Boolean enabled) {
            return tuning.withEnabled(enabled);
        }
        if (name.equals("max_bytes") && value instanceof Number bytes && isBetween(bytes, CacheTuning.LEAST_BYTES, (double) mostBytes)) {
            return tuning.withMaxBytes(bytes.longValue());
        }
        if (name.startsWith("ttl") && value instanceof Number seconds && isBetween(seconds, 0.001, LONGEST_SECONDS)) {
            Duration time = Duration.ofMillis(Math.round(seconds.doubleValue() * 1e3));
            switch (name) {
                case "ttl" -> {
                    return tuning.withTimeToLive(time);
                }
                case "ttl_embeddings" -> {
                    return new CacheTuning(tuning.isEnabled(), time, tuning.deterministic(), tuning.sampled(), tuning.maxBytes());
                }
                case "ttl_deterministic" -> {
                    return new CacheTuning(tuning.isEnabled(), tuning.embeddings(), time, tuning.sampled(), tuning.maxBytes());
                }
                case "ttl_sampled" -> {
                    return new CacheTuning(tuning.isEnabled(), tuning.embeddings(), tuning.deterministic(), time, tuning.maxBytes());
                }
                default -> {
                    // reported below
                }
            }
        }
        problems.add(name + switch (name) {
            case "enabled" -> " is true or false";
            case "max_bytes" -> " is a number from " + CacheTuning.LEAST_BYTES + " to " + mostBytes;
            case "ttl", "ttl_embeddings", "ttl_deterministic", "ttl_sampled" -> " is a number of seconds from 0.001 to 86400";
            case "max_size" -> " does not exist: this cache is bounded in bytes (max_bytes)";
            case "similarity_threshold" -> " cannot be changed here: it is paddock.semantic-cache.threshold";
            default -> " is not a field of the configuration";
        });
        return tuning;
    }

    private static boolean isBetween(Number value, double least, double most) {
        return value.doubleValue() >= least && value.doubleValue() <= most;
    }
}
