package dev.paddock.bootstrap.spring;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.ports.routing.BackendsPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether calls reach a model server, at a moment. Looking sends nothing.
 *
 * @param isReady whether a server takes calls: its circuit does not refuse them and, of several servers, it is active. An open circuit
 *     whose open time has passed refuses none: its next call decides.
 * @param details the states of circuits and servers, by name
 */
record PaddockHealth(boolean isReady, Map<String, Object> details) {

    static PaddockHealth of(Paddock paddock) {
        List<Circuit> circuits = paddock.circuitBreakers().circuits();
        Map<String, Object> details = new LinkedHashMap<>();
        Map<String, Object> servers = new TreeMap<>();
        Map<String, Object> models = new TreeMap<>();
        for (Circuit circuit : circuits) {
            if (circuit.model() == null) {
                servers.put(circuit.backend(), circuit.state().label());
            } else if (circuit.refusesCalls()) {
                models.put(circuit.model() + " at " + circuit.backend(), circuit.state().label());
            }
        }
        details.put("circuits", servers);
        if (!models.isEmpty()) {
            details.put("models", models);
        }
        Set<String> refusing = circuits.stream()
                .filter(circuit -> circuit.model() == null && circuit.refusesCalls())
                .map(Circuit::backend)
                .collect(Collectors.toSet());
        BackendsPort backends = paddock.backends();
        if (backends == null) {
            return new PaddockHealth(!refusing.contains(paddock.settings().onlyBackend().id().value()), details);
        }
        List<BackendStatus> statuses = backends.backends();
        details.put("backends", statuses.stream().collect(Collectors.toMap(PaddockHealth::id, status -> status.state().label())));
        boolean isReady = statuses.stream()
                .anyMatch(status -> status.state() == BackendState.ACTIVE && !refusing.contains(id(status)));
        return new PaddockHealth(isReady, details);
    }

    private static String id(BackendStatus status) {
        return status.backend().id().value();
    }
}
