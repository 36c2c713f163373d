package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.time.Ticker;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The leases of this process in the store, which are renewed until they are given back. Thread-safe. */
final class RenewedLeases {

    /** How long a lease lasts, and how long a process is one of those that share limits, without a sign of life. */
    static final Duration LIFETIME = Duration.ofSeconds(5);

    private static final Duration INTERVAL = LIFETIME.dividedBy(3);

    private final String holder;
    private final Ticker ticker;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private long renewedAt; // used by the thread that renews

    RenewedLeases(String holder, Ticker ticker) {
        this.holder = holder;
        this.ticker = ticker;
        this.renewedAt = ticker.nanos();
    }

    /** Returns the text that stands for this process in the store. */
    String holder() {
        return holder;
    }

    void add(String name) {
        names.add(name);
    }

    void remove(String name) {
        names.remove(name);
    }

    /** Renews all leases if it is time; for one thread. */
    void renewWith(StoreSession session) {
        long now = ticker.nanos();
        if (now - renewedAt < INTERVAL.toNanos()) {
            return;
        }
        renewedAt = now;
        List<String> present = List.copyOf(names);
        if (!present.isEmpty()) {
            var unused = session.run(
                    Scripts.RENEW, ScriptOutputType.INTEGER, present, holder, Long.toString(LIFETIME.toMillis()));
        }
    }
}
