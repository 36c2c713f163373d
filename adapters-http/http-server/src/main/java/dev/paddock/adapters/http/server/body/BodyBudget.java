package dev.paddock.adapters.http.server.body;

import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that the bodies of all requests together may still use. Thread-safe. */
public final class BodyBudget {

    private final AtomicLong remaining;

    /** Creates a budget of the given number of bytes. */
    public BodyBudget(long bytes) {
        remaining = new AtomicLong(bytes);
    }

    void acquire(long bytes) {
        if (remaining.addAndGet(-bytes) < 0) {
            release(bytes);
            throw new RefusedRequestException(HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "the bodies of other requests use all the memory for bodies; try again later");
        }
    }

    void release(long bytes) {
        remaining.addAndGet(bytes);
    }
}
