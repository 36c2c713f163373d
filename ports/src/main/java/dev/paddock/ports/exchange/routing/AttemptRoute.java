package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.exchange.BackendId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The servers that one attempt was sent to, when nothing outside tries a call again. Confined to the thread of the call. */
final class AttemptRoute implements CallRoute {

    private final Set<BackendId> backends = new HashSet<>();
    private @Nullable BackendId latest;

    @Override
    public boolean includes(BackendId backend) {
        return backends.contains(backend);
    }

    @Override
    public @Nullable BackendId latest() {
        return latest;
    }

    @Override
    public void add(BackendId backend, boolean hasAlternative) {
        backends.add(backend);
        latest = backend;
    }
}
