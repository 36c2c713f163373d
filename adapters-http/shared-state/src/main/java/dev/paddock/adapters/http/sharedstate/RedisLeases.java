package dev.paddock.adapters.http.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.sharedstate.LeasePort;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Leases in the store, and among the threads of this process. Without the store there are only the latter. Thread-safe. */
final class RedisLeases implements LeasePort {

    /** About the memory of a lease that is to be given back. */
    private static final int WEIGHT = 256;

    private final SharedStore store;
    private final StoreOperations operations;
    private final BackgroundWrites writes;
    private final LeasePort local = LeasePort.local();

    RedisLeases(SharedStore store, StoreOperations operations, BackgroundWrites writes) {
        this.store = store;
        this.operations = operations;
        this.writes = writes;
    }

    @Override
    public boolean tryAcquire(String name) {
        if (!local.tryAcquire(name)) {
            return false;
        }
        String key = store.names().lease(name);
        SetArgs ifAbsent = SetArgs.Builder.nx().px(RenewedLeases.LIFETIME.toMillis());
        Boolean isOurs = store.state() != StoreState.AVAILABLE
                ? null
                : operations.run(StoreOperations.LEASE, session -> session.commands()
                        .set(key, store.leases().holder().getBytes(UTF_8), ifAbsent)
                        .thenApply("OK"::equals));
        if (Boolean.FALSE.equals(isOurs)) {
            local.release(name);
            return false;
        }
        store.leases().add(key); // also when it is not known whether the store has it
        return true;
    }

    @Override
    public boolean isHeld(String name) {
        if (local.isHeld(name)) {
            return true;
        }
        Long found = operations.run(StoreOperations.LEASE, session -> session.commands().exists(store.names().lease(name)));
        return found != null && found > 0;
    }

    @Override
    public void release(String name) {
        String key = store.names().lease(name);
        store.leases().remove(key);
        local.release(name);
        boolean unused = writes.submit(WEIGHT, () -> delete(key)); // behind the answer, which waits there, too
    }

    private CompletionStage<?> delete(String key) {
        if (store.session() == null) {
            return CompletableFuture.completedStage(null); // it expires
        }
        return operations.begin(
                StoreOperations.LEASE,
                session -> session.run(Scripts.RELEASE, ScriptOutputType.INTEGER, List.of(key), store.leases().holder()));
    }
}
