package dev.paddock.ports.documents.answers;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Provenance;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers the provenance of one answer, and tells it the listener of the caller. Used by one thread. */
final class ProvenanceRecorder implements Consumer<Provenance> {

    private final @Nullable Consumer<Provenance> next;
    private @Nullable Provenance provenance;

    private ProvenanceRecorder(@Nullable Consumer<Provenance> next) {
        this.next = next;
    }

    static ProvenanceRecorder of(CallContext context) {
        return new ProvenanceRecorder(context.get(CallAttributes.ON_PROVENANCE));
    }

    /** Returns the context of the call whose provenance is recorded. */
    CallContext recording(CallContext context) {
        return context.with(CallAttributes.ON_PROVENANCE, this);
    }

    @Nullable Provenance provenance() {
        return provenance;
    }

    @Override
    public void accept(Provenance newProvenance) {
        provenance = newProvenance;
        if (next != null) {
            next.accept(newProvenance);
        }
    }
}
