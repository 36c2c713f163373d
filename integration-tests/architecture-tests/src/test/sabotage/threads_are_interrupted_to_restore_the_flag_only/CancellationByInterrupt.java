package dev.paddock.adapters.http.apache5;

final class CancellationByInterrupt {
    void cancel(Thread caller) {
        caller.interrupt();
    }
}
