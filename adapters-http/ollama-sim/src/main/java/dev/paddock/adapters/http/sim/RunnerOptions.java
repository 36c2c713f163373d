package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The options that take part in loading a model: when they differ from those it was loaded with, it loads again. */
record RunnerOptions(Map<String, String> explicit) {
    private static final List<String> NAMES = List.of(
        "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict");

    RunnerOptions {
        explicit = Map.copyOf(explicit);
    }

    static RunnerOptions of(RequestOptions options, RequestFields request) {
        Map<String, String> explicit = new TreeMap<>();
        NAMES.forEach(name -> options.value(name).ifPresent(value -> explicit.put(name, value.asText())));
        JsonNode shift = request.raw("shift");
        if (shift.isBoolean() && !shift.booleanValue()) {
            explicit.put("shift", "false");
        }
        explicit.remove("num_gpu", "-1");
        return new RunnerOptions(explicit);
    }

    /** Whether a runner loaded with these options can serve a request with the others: unset values fit anything. */
    boolean serves(RunnerOptions wanted) {
        return wanted.explicit().entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(explicit.get(entry.getKey())));
    }

    int contextLength() {
        String explicitLength = explicit.get("num_ctx");
        return explicitLength == null ? InstalledModel.SERVED_CONTEXT_LENGTH : Integer.parseInt(explicitLength);
    }
}
