package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.testsupport.Eventually;
import java.util.concurrent.CountDownLatch;

/** Tells when a transport has begun to do something about a call. Thread-safe. */
public final class CallStartedLatch implements CallListener {

    private final CountDownLatch latch = new CountDownLatch(1);

    /** Creates the listener of one call. */
    public CallStartedLatch() {}

    /**
     * Returns when it has.
     *
     * @throws AssertionError if it does not in time
     */
    public void await() {
        Eventually.open(latch);
    }

    @Override
    public void phaseStarted(CallPhase phase) {
        latch.countDown();
    }

    @Override
    public void bodyPieceSent() {
        latch.countDown();
    }
}
