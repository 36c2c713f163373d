package dev.paddock.adapters.http.sim;

import java.util.List;
import java.util.Optional;

/** The faults of one request. */
record FaultPlan(List<Fault> faults) {
    static final FaultPlan NONE = new FaultPlan(List.of());

    FaultPlan {
        faults = List.copyOf(faults);
    }

    <T extends Fault> Optional<T> find(Class<T> type) {
        return faults.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    boolean has(Fault.Quirk quirk) {
        return faults.contains(quirk);
    }
}
