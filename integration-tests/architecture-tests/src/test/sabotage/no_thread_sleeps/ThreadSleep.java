package dev.paddock.adapters.http.resilience;

final class ThreadSleep {
    void pause() throws InterruptedException {
        Thread.sleep(1);
    }
}
