package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether it makes sense to send requests to the gateway, and if not, why. */
enum Readiness {
    READY("", ""),
    DRAINING("draining", "The gateway is stopping: it finishes what it has begun and takes nothing new."),
    CIRCUITS_OPEN("circuits_open", "Every model server failed so often that it is given a rest.");

    private final String reason;
    private final String message;

    Readiness(String reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    static Readiness of(boolean draining, List<Circuit> circuits) {
        if (draining) {
            return DRAINING;
        }
        List<Circuit> ofServers =
                circuits.stream().filter(circuit -> circuit.model() == null).toList();
        boolean everyOneRefuses = !ofServers.isEmpty() && ofServers.stream().allMatch(Readiness::refuses);
        return everyOneRefuses ? CIRCUITS_OPEN : READY;
    }

    int status() {
        return this == READY ? 200 : 503;
    }

    Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ready", this == READY);
        if (this != READY) {
            fields.put("reason", reason);
            fields.put("message", message);
        }
        return fields;
    }

    // A circuit whose rest is over stays open until the next call, which it lets pass. To turn calls away then would leave it
    // open for ever.
    private static boolean refuses(Circuit circuit) {
        return circuit.state() == CircuitState.OPEN && circuit.remainingOpenTime().isPositive();
    }
}
