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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders of events that a server cannot cause at will. */
class IncomingResponseTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final IncomingResponse incoming = new IncomingResponse(loop, reading -> {});
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
}
