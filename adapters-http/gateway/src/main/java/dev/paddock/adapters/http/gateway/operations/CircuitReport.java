package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The circuits as a JSON object with the fields that users of earlier software know. Those of models are left out while they are closed:
 * callers choose the names of models, so there may be many.
 */
final class CircuitReport {

    private CircuitReport() {}

    static Map<String, @Nullable Object> of(List<Circuit> circuits, Instant now) {
        List<Circuit> shown = circuits.stream()
                .filter(circuit -> circuit.model() == null || circuit.state() != CircuitState.CLOSED)
                .toList();
        Map<String, @Nullable Object> byName = PlainJson.object();
        shown.forEach(circuit -> byName.put(name(circuit), json(circuit)));
        return PlainJson.object(
                "timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString(),
                "circuit_breakers", byName,
                "summary", PlainJson.object(
                        "total_circuits", shown.size(),
                        "open_circuits", count(shown, CircuitState.OPEN),
                        "half_open_circuits", count(shown, CircuitState.HALF_OPEN)));
    }

    private static String name(Circuit circuit) {
        return circuit.model() == null ? circuit.backend() : circuit.backend() + " " + circuit.model();
    }

    private static long count(List<Circuit> circuits, CircuitState state) {
        return circuits.stream().filter(circuit -> circuit.state() == state).count();
    }

    /** Returns one circuit; the report of the connection pool has the same fields. */
    static Map<String, @Nullable Object> json(Circuit circuit) {
        return PlainJson.object(
                "backend", circuit.backend(),
                "model", circuit.model(),
                "state", circuit.state().label(),
                "refuses_for_ms", ConnectionPoolReport.milliseconds(circuit.remainingOpenTime()),
                "calls_at_once", circuit.callsAtOnce());
    }
}
