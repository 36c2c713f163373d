package dev.paddock.adapters.http.server;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the bodies of all requests may still take. Thread-safe. */
final class BodyBudget {

    private final AtomicLong left;

    BodyBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    void acquire(long bytes) {
        if (left.addAndGet(-bytes) < 0) {
            release(bytes);
            throw new RefusedRequestException(RefusedRequestException.SERVICE_UNAVAILABLE,
                    "the bodies of other requests take all memory there is for them; try again later");
        }
    }

    void release(long bytes) {
        left.addAndGet(bytes);
    }
}
