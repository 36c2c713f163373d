package dev.paddock.e2e.fault;

import dev.paddock.testsupport.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** What the server knows of one case: which call comes, and which of its attempts are harmed. Thread-safe. */
final class FaultScenario {

    private final Call call;
    private final Persistence persistence;
    private final AtomicInteger attempts = new AtomicInteger();
    private final CountDownLatch idle = new CountDownLatch(1);
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    FaultScenario(Call call, Persistence persistence) {
        this.call = call;
        this.persistence = persistence;
    }

    Call call() {
        return call;
    }

    /** Counts an attempt that reached the server, and tells whether it is to be harmed. */
    boolean harmsNextAttempt() {
        return persistence.harms(attempts.incrementAndGet());
    }

    /** Returns how many attempts the server has seen. */
    int attempts() {
        return attempts.get();
    }

    /** Tells the server that the client has its first answer, and an idle connection. */
    void setIdle() {
        idle.countDown();
    }

    void awaitIdle() {
        await(idle, "the client has an idle connection");
    }

    /** Tells the case that the server has prepared its fault. */
    void setReady() {
        ready.countDown();
    }

    void awaitReady() {
        await(ready, "the server prepares its fault");
    }

    /** Tells the server that the call has ended. */
    void endCall() {
        ended.countDown();
    }

    void awaitEndOfCall() {
        await(ended, "the call ends");
    }

    private static void await(CountDownLatch latch, String what) {
        Eventually.await(what, () -> latch.getCount() == 0);
    }

    /** How often a fault happens. */
    enum Persistence {
        ONCE("once"),
        EVERY_TIME("every time");

        private final String words;

        Persistence(String words) {
            this.words = words;
        }

        boolean harms(int attempt) {
            return this == EVERY_TIME || attempt == 1;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
