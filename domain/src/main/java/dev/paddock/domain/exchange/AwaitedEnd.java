package dev.paddock.domain.exchange;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The end of something that is forwarded, for a thread that waits for it. */
public final class AwaitedEnd implements ForwardEnd {

    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile @Nullable Throwable failure;

    /** Creates an end that is not reached. */
    public AwaitedEnd() {}

    @Override
    public void ended(@Nullable Throwable thrown) {
        failure = thrown;
        reached.countDown();
    }

    /**
     * Waits for the end, and throws the failure if there is one. An interrupt does not end the wait, but is kept.
     *
     * @param whenInterrupted ends what is forwarded, because an interrupt has come
     */
    public void await(Runnable whenInterrupted) {
        boolean interrupted = false;
        while (true) {
            try {
                reached.await();
                break;
            } catch (InterruptedException interrupt) {
                if (!interrupted) {
                    interrupted = true;
                    whenInterrupted.run();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        ForwardEnd.rethrow(failure);
    }
}
