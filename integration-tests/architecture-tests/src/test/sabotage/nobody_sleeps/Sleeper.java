package dev.paddock.adapters.http.resilience;

final class Sleeper {
    void pause() throws InterruptedException {
        Thread.sleep(1);
    }
}
