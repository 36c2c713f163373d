package dev.paddock.adapters.http.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/** How many calls to one server are under way. Nobody waits for a permit: the connection pool is where calls wait. Thread-safe. */
final class CallPermits {

    private final int limit;
    private final AtomicInteger taken = new AtomicInteger();

    /** Creates the count with the given limit, 0 for none. */
    CallPermits(int limit) {
        this.limit = limit == 0 ? Integer.MAX_VALUE : limit;
    }

    boolean tryAcquire() {
        return taken.getAndUpdate(count -> count < limit ? count + 1 : count) < limit;
    }

    void release() {
        taken.decrementAndGet();
    }

    int inUse() {
        return taken.get();
    }

    int limit() {
        return limit;
    }
}
