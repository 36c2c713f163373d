package dev.paddock.adapters.http.sim.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * The faults still to come, in the order in which they were announced.
 *
 * <p>A request takes the first script that matches its path. Safe for use by several threads.
 */
public final class FaultQueue {
    private final List<FaultScript> scripts = new ArrayList<>();

    public FaultQueue() {
    }

    /** Appends scripts. */
    public synchronized void enqueue(FaultScript... additions) {
        scripts.addAll(List.of(additions));
    }

    /** Appends one script: the next request, whatever its path, meets all of these faults. */
    public void enqueue(Fault... faults) {
        enqueue(FaultScript.onAny().then(faults));
    }

    /** How many requests will still meet a script. */
    public synchronized int remaining() {
        return scripts.stream().mapToInt(FaultScript::times).sum();
    }

    /** Forgets all scripts. */
    public synchronized void clear() {
        scripts.clear();
    }

    public synchronized FaultPlan take(String path) {
        for (int index = 0; index < scripts.size(); index++) {
            FaultScript script = scripts.get(index);
            if (script.matches(path)) {
                consume(index, script);
                return new FaultPlan(script.faults());
            }
        }
        return FaultPlan.NONE;
    }

    private void consume(int index, FaultScript script) {
        if (script.times() == 1) {
            scripts.remove(index);
        } else {
            scripts.set(index, script.times(script.times() - 1));
        }
    }
}
