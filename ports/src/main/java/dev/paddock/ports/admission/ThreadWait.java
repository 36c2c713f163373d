package dev.paddock.ports.admission;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the thread of a call wait for its admission. Implementations are thread-safe; each serves one thread, once. */
public interface ThreadWait {

    /**
     * Waits until it is ended, at most for the given time.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    void await(long nanos) throws InterruptedException;

    /** Ends the wait, present or future. Never blocks. */
    void end();

    /** Returns a wait that parks the thread. */
    static ThreadWait parking() {
        CountDownLatch ended = new CountDownLatch(1);
        return new ThreadWait() {
            @Override
            public void await(long nanos) throws InterruptedException {
                boolean unused = ended.await(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void end() {
                ended.countDown();
            }
        };
    }
}
