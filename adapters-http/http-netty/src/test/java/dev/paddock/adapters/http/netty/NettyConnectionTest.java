package dev.paddock.adapters.http.netty;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.testsupport.Parallel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.SocketException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NettyConnectionTest {

    /** The last transport of a process may be closed while a thread waits for an event loop, which then drops what it has not done. */
    @Test
    void await_eventLoopEnds_fails() {
        EventLoopGroup group = new EventLoops(new NioSockets()).acquire();
        EventLoop loop = group.next();
        Future<Boolean> waiting = Parallel.start(() -> {
            NettyConnection.await(loop.newPromise(), loop);
            return true;
        });

        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);

        assertThatThrownBy(() -> Parallel.resultOf(waiting)).hasRootCauseInstanceOf(SocketException.class);
    }
}
