package dev.paddock.ports.sharedstate;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Leases among the threads of one process. Thread-safe. */
final class LocalLeases implements LeasePort {

    private final Set<String> held = ConcurrentHashMap.newKeySet();

    @Override
    public boolean tryAcquire(String name) {
        return held.add(requireNonNull(name, "name"));
    }

    @Override
    public boolean isHeld(String name) {
        return held.contains(name);
    }

    @Override
    public void release(String name) {
        held.remove(name);
    }
}
