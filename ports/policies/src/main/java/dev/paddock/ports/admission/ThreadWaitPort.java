package dev.paddock.ports.admission;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets the thread of a call wait for its admission. Implementations are thread-safe; each serves one thread, once. */
public interface ThreadWaitPort {

    /**
     * Waits until it is ended, at most for the given time.
     *
     * @return false when the thread was interrupted, which it stays
     */
    boolean await(long nanos);

    /** Ends the wait, present or future. Never blocks. */
    void end();

    /** Returns a wait that parks the thread. */
    static ThreadWaitPort parking() {
        CountDownLatch ended = new CountDownLatch(1);
        return new ThreadWaitPort() {
            @Override
            public boolean await(long nanos) {
                try {
                    boolean unused = ended.await(nanos, TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }

            @Override
            public void end() {
                ended.countDown();
            }
        };
    }
}
