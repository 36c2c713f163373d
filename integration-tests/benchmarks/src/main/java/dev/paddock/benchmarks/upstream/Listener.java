package dev.paddock.benchmarks.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Accepts connections and deals them out to the event loops in turn. */
final class Listener {

    private static final int BACKLOG = 1024;

    private final ServerSocketChannel channel;
    private final UpstreamResponses answers;
    private final List<EventLoop> loops;
    private int next;

    Listener(int port, UpstreamResponses answers, List<EventLoop> loops) throws IOException {
        this.channel = ServerSocketChannel.open();
        this.answers = answers;
        this.loops = loops;
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        channel.configureBlocking(false);
    }

    int port() {
        return channel.socket().getLocalPort();
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_ACCEPT, this);
    }

    void accept() throws IOException {
        for (SocketChannel accepted = channel.accept(); accepted != null; accepted = channel.accept()) {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            answers.counts().connectionAccepted();
            EventLoop loop = loops.get(next);
            next = (next + 1) % loops.size();
            loop.register(new UpstreamConnection(accepted, answers, loop));
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
