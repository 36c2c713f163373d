package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The pauses of a listening socket that cannot accept, in the time of the test. */
class AcceptRecoveryTest {

    private final EmbeddedChannel listener = new EmbeddedChannel(new AcceptRecovery());

    AcceptRecoveryTest() {
        listener.freezeTime();
    }

    /** Service is to be back within a second of the moment when there are file descriptors again. */
    @Test
    void accept_fails_isTriedAgainAfterMuchLessThanASecond() {
        for (int failure = 0; failure < 3; failure++) {
            listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
            assertThat(listener.config().isAutoRead()).isFalse();

            listener.advanceTimeBy(200, TimeUnit.MILLISECONDS);
            listener.runScheduledPendingTasks();
            assertThat(listener.config().isAutoRead()).isTrue();
        }
    }

    @Test
    void otherFailure_isPassedOn() {
        IllegalStateException defect = new IllegalStateException("a defect");
        listener.pipeline().fireExceptionCaught(defect);

        assertThat(listener.config().isAutoRead()).isTrue();
        assertThat(catchThrowable(listener::checkException)).isSameAs(defect);
    }
}
