package dev.paddock.adapters.http.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.PoolLimits;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call is watched for as long as it lasts and no longer, whenever it ends. */
class PooledCallTest {

    private final CallScheduler scheduler = new CallScheduler();
    private final TimeoutSweeper watches = new TimeoutSweeper(scheduler, System::nanoTime);
    private final EndpointConnections connections = new EndpointConnections(
            new EndpointConnections.PoolKey(new Endpoint(false, "a", 1), TransportSettings.DEFAULT, PoolLimits.DEFAULT),
            new ScriptedTransport.Factory(),
            PoolListener.none(),
            watches);

    @AfterEach
    void stop() {
        scheduler.stop();
    }

    @Test
    void close_responseInUse_endsTheWatch() {
        var response = call().execute();
        assertThat(watches.isEmpty()).isFalse();

        response.close();

        assertThat(watches.isEmpty()).isTrue();
    }

    @Test
    void execute_cancelledBefore_leavesNoWatch() {
        PooledCall call = call();
        call.cancel();

        call.execute().close();

        assertThat(watches.isEmpty()).isTrue();
        assertThat(connections.observe().usage().leased()).isZero();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void cancel_receiverThatIsNeverReady_endsTheForwarding() throws Exception {
        PooledCall call = call();
        TransportResponse response = call.execute();
        StalledReceiver receiver = new StalledReceiver(false);
        FutureTask<TransportException> failure = new FutureTask<>(
                () -> catchThrowableOfType(TransportException.class, () -> response.forward(receiver)));
        Thread.ofVirtual().start(failure);
        Runnable resume = receiver.resumes.take();

        call.cancel();

        assertThat(failure.get().failure()).isEqualTo(TransportFailure.CANCELLED);
        assertThat(watches.isEmpty()).isTrue();
        assertThat(connections.observe().usage().leased()).isZero();
        resume.run();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void forward_callWasCancelledBefore_doesNotWaitForTheReceiver() {
        PooledCall call = call();
        TransportResponse response = call.execute();
        call.cancel();

        assertThat(catchThrowableOfType(TransportException.class, () -> response.forward(new StalledReceiver(false))).failure())
                .isEqualTo(TransportFailure.CANCELLED);
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void forward_receiverIsFullFromTheStart_waitsForItBeforeItReads() throws Exception {
        StalledReceiver receiver = new StalledReceiver(true);
        TransportResponse response = call().execute();
        Thread forwarding = Thread.ofVirtual().start(() -> catchThrowable(() -> response.forward(receiver)));
        Runnable resume = receiver.resumes.take();

        assertThat(receiver.received.get()).as("bytes handed to a full receiver").isZero();
        resume.run();
        receiver.resumes.take().run(); // it is full again
        assertThat(receiver.received.get()).isPositive();
        response.close();
        forwarding.join();
    }

    private static final class StalledReceiver implements BodyReceiver {

        private final BlockingQueue<Runnable> resumes = new LinkedBlockingQueue<>();
        private final AtomicInteger received = new AtomicInteger();
        private final boolean fullFromTheStart;

        private StalledReceiver(boolean fullFromTheStart) {
            this.fullFromTheStart = fullFromTheStart;
        }

        @Override
        public boolean isReady() {
            return !fullFromTheStart;
        }

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            received.addAndGet(length);
            return false;
        }

        @Override
        public void whenReady(Runnable resume) {
            resumes.add(resume);
        }
    }

    private PooledCall call() {
        TransportRequest request = new TransportRequest("GET", "/", Headers.EMPTY, new byte[0]);
        PhaseTimeout watch = watches.newTimeout(PhaseLimits.DEFAULT, null, TransportSettings.DEFAULT);
        return new PooledCall(connections, request, watch, ended -> {});
    }
}
