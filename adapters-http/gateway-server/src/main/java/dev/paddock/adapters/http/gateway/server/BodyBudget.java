package dev.paddock.adapters.http.gateway.server;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the bodies of all requests may still take. Thread-safe. */
final class BodyBudget {

    private final AtomicLong left;

    BodyBudget(long bytes) {
        left = new AtomicLong(bytes);
    }

    void take(long bytes) {
        if (left.addAndGet(-bytes) < 0) {
            giveBack(bytes);
            throw new RefusedRequestException(RefusedRequestException.SERVICE_UNAVAILABLE,
                    "the bodies of other requests take all memory there is for them; try again later");
        }
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
