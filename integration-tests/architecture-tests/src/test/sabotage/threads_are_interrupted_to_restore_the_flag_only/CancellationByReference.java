package dev.paddock.adapters.http.resilience;

final class CancellationByReference {
    Runnable cancellationOf(Thread caller) {
        return caller::interrupt;
    }
}
