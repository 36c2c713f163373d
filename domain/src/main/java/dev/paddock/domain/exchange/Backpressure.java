package dev.paddock.domain.exchange;

import java.util.concurrent.CountDownLatch;

/** The side of a flow that receives, and that may be unable to take more for a while. */
public interface Backpressure {

    /**
     * Runs an action as soon as this side can take more: at once, in this thread, if it already can. A side whose reader has left
     * can take more, too: it refuses the next delivery with its exception.
     *
     * @param resume must not block and must not throw; running it again has no effect. Any thread may run it
     */
    void whenReady(Runnable resume);

    /** Waits until this side can take more. An interrupt does not end the wait, but is kept. */
    default void awaitReady() {
        CountDownLatch ready = new CountDownLatch(1);
        whenReady(ready::countDown);
        boolean interrupted = false;
        while (true) {
            try {
                ready.await();
                break;
            } catch (InterruptedException ignored) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
