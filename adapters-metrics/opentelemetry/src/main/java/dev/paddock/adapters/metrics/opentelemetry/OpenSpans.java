package dev.paddock.adapters.metrics.opentelemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The spans that have not ended, so that none is lost when the client is closed before its answers. Thread-safe. */
final class OpenSpans {

    private final Set<Endable> open = ConcurrentHashMap.newKeySet();

    void add(Endable span) {
        open.add(span);
    }

    void remove(Endable span) {
        open.remove(span);
    }

    /** Ends all of them, because the client was closed. */
    void close() {
        open.forEach(Endable::clientClosed);
    }

    /** Something with a span. */
    interface Endable {

        void clientClosed();
    }
}
