package dev.paddock.adapters.http.llm;

final class RawThread {
    void run(Runnable task) {
        new Thread(task).start();
    }
}
