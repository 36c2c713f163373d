package dev.paddock.adapters.http.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.spi.BodyReceiver;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders of events that a server cannot cause at will. */
class IncomingResponseTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final IncomingResponse incoming = new IncomingResponse(loop, this::setReading);
    private volatile boolean isReading = true;
    private final SocketException ended = new SocketException("The call was ended");

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void abort_bodyWasNotRead_isNotItsEnd() {
        arrive(2);
        incoming.abort(ended);

        assertThatThrownBy(() -> incoming.read(new byte[2], 0, 2)).isSameAs(ended);
    }

    @Test
    void abort_bodyWasNotForwarded_isNotItsEnd() throws Exception {
        AtomicInteger received = new AtomicInteger();
        arrive(2);
        incoming.abort(ended);

        BlockingQueue<IOException> reasons = new LinkedBlockingQueue<>();
        incoming.forward(receiver(received), reasons::add);
        assertThat(reasons.poll(10, TimeUnit.SECONDS)).isSameAs(ended);
        assertThat(received).hasValue(0);
    }

    /** Code that waits may follow the end, so it must not run on the event loop; and no thread waits for the end. */
    @Test
    void forward_bodyIsNotThere_returnsAndReportsTheEndToAThreadOfItsOwn() throws Exception {
        AtomicInteger received = new AtomicInteger();
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

        incoming.forward(receiver(received), reason -> threads.add(Thread.currentThread()));
        assertThat(threads).isEmpty();
        loop.execute(() -> arrive(2));

        assertThat(threads.poll(10, TimeUnit.SECONDS)).matches(Thread::isVirtual);
        assertThat(received).hasValue(2);
    }

    /** Else nothing would be awaited: neither room, nor, in the time limit from frame to frame, the next frame. */
    @Test
    void forward_fullAgainWhenThePauseEnds_waitsForRoomAgain() throws Exception {
        FillingReceiver receiver = new FillingReceiver();
        incoming.forward(receiver, reason -> {});
        loop.submit(() -> {
            incoming.bodyArrived(new byte[1], 0, 1);
            incoming.bodyArrived(new byte[1], 0, 1);
            incoming.readEnded();
        }).sync();
        loop.submit(() -> {}).sync(); // behind the end of the first pause

        Runnable room = receiver.resumes.poll();
        assertThat(room).isNotNull();
        assertThat(isReading).isFalse();
        room.run();
        loop.submit(() -> {}).sync();
        assertThat(isReading).isTrue();
        incoming.abort(ended);
    }

    @Test
    void abort_bodyWasRead_changesNothing() throws Exception {
        arrive(2);
        assertThat(incoming.read(new byte[2], 0, 2)).isEqualTo(2);
        incoming.abort(ended);

        assertThat(incoming.read(new byte[2], 0, 2)).isEqualTo(-1);
    }

    /** The call then takes another connection, even if a later piece of its request failed first. */
    @Test
    void awaitHead_pieceFailsOnAStaleConnection_saysThatItIsStale() {
        incoming.failed(new StaleConnectionException());
        incoming.sendFailed(new ClosedChannelException());

        assertThatThrownBy(incoming::awaitHead).isInstanceOf(StaleConnectionException.class);
    }

    private void setReading(boolean wanted) {
        isReading = wanted;
    }

    private void arrive(int length) {
        incoming.bodyArrived(new byte[length], 0, length);
        incoming.completed();
    }

    private static BodyReceiver receiver(AtomicInteger received) {
        return new BodyReceiver() {
            @Override
            public boolean receive(byte[] buffer, int offset, int length) {
                received.addAndGet(length);
                return true;
            }

            @Override
            public void whenReady(Runnable resume) {
                resume.run();
            }
        };
    }

    /** A receiver that is full behind each byte, and whose room comes from another thread while it takes the second one. */
    private static final class FillingReceiver implements BodyReceiver {

        private final BlockingQueue<Runnable> resumes = new LinkedBlockingQueue<>();
        private volatile boolean ready = true;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean receive(byte[] buffer, int offset, int length) {
            Runnable room = resumes.poll();
            if (room != null) {
                CompletableFuture.runAsync(room).join();
            }
            ready = false;
            return false;
        }

        @Override
        public void whenReady(Runnable resume) {
            resumes.add(() -> {
                ready = true;
                resume.run();
            });
        }
    }
}
