package dev.paddock.bootstrap.gateway;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.DialectName;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.routing.Backend;
import dev.paddock.domain.routing.BackendState;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.ports.routing.BackendsPort;
import java.util.List;

/** The only server of a client, which cannot be drained: of its models nothing is learned, because there is no choice. Thread-safe. */
record OnlyBackend(Paddock client) implements BackendsPort {

    @Override
    public List<BackendStatus> backends() {
        List<BackendSettings> list = client.settings().backends().list();
        BackendSettings only = list.isEmpty() ? BackendSettings.of(client.settings().server()) : list.getFirst();
        Backend backend = new Backend(
                only.id(),
                only.server().baseUrl(),
                only.server().dialect() == DialectName.OLLAMA,
                only.weight(),
                only.slots(),
                only.labels());
        int inFlight = client.circuitBreakers().circuits().stream()
                .filter(circuit -> circuit.model() == null && circuit.backend().equals(only.id().value()))
                .mapToInt(Circuit::callsAtOnce)
                .sum();
        return List.of(new BackendStatus(backend, BackendState.ACTIVE, inFlight, 0, null, List.of()));
    }

    @Override
    public boolean setDrained(BackendId backend, boolean isDrained) {
        return false;
    }
}
