package dev.paddock.adapters.http.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/** The calls to one server that are in progress (bulkhead). No call waits for a permit: calls wait in the connection pool. Thread-safe. */
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
