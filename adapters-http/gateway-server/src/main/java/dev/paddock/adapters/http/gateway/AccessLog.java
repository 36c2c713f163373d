package dev.paddock.adapters.http.gateway;

/** Takes down every request, also those that were refused. Implementations are thread-safe and never block. */
@FunctionalInterface
public interface AccessLog {

    /** Takes down a request that has ended. */
    void add(AccessRecord ended);
}
