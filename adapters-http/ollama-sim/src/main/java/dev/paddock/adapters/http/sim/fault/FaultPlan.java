package dev.paddock.adapters.http.sim.fault;

import java.util.List;
import java.util.Optional;

/** The faults of one request. */
public record FaultPlan(List<Fault> faults) {
    public FaultPlan {
        faults = List.copyOf(faults);
    }

    /** The first fault of this type. */
    public <T extends Fault> Optional<T> find(Class<T> type) {
        return faults.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** The first fault of this type, if it strikes at this line. */
    public <T extends Fault.AtLine> Optional<T> at(int line, Class<T> type) {
        return find(type).filter(fault -> fault.afterLines() == line);
    }

    public boolean has(Fault.Quirk quirk) {
        return faults.contains(quirk);
    }
}
