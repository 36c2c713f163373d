package dev.paddock.adapters.http.sim.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** Uses up one request of the first script that matches; without one, the result has no faults. */
    public synchronized FaultScript take(String path) {
        Optional<FaultScript> script = scripts.stream().filter(each -> each.matches(path)).findFirst();
        script.ifPresent(taken -> {
            int index = scripts.indexOf(taken);
            if (taken.times() > 1) {
                scripts.set(index, taken.times(taken.times() - 1));
            } else {
                scripts.remove(index);
            }
        });
        return script.orElseGet(FaultScript::onAny);
    }
}
