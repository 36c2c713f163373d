package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that open streams one after the other, 250 in a second, and read them: one thread for all of them. */
final class StreamHolders implements AutoCloseable {

    private static final int OPENED_AT_ONCE = 1;
    private static final long PAUSE_MILLIS = 4;
    private static final Object ANSWERED = "answered";

    private final int port;
    private final int wanted;
    private final ByteBuffer request;
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private final Selector selector = Selector.open();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private int opened;

    private StreamHolders(LoadTarget target, int wanted, GatewayLoad load) throws IOException {
        this.port = target.port();
        this.wanted = wanted;
        this.request = ByteBuffer.wrap(target.request(load));
    }

    /** Starts to open streams. */
    static StreamHolders start(LoadTarget target, int wanted, GatewayLoad load) throws IOException {
        StreamHolders holders = new StreamHolders(target, wanted, load);
        Thread.ofPlatform().name("stream-holders").daemon().start(holders::run);
        return holders;
    }

    /** Returns how many streams have begun to answer. */
    int answered() {
        return answered.get();
    }

    /** Returns how many streams have ended although they should last. */
    int ended() {
        return ended.get();
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                for (int each = 0; each < OPENED_AT_ONCE && opened < wanted; each++) {
                    open();
                }
                selector.select(this::read, PAUSE_MILLIS);
            }
        } catch (ClosedSelectorException closed) {
            // The measurement has ended.
        } catch (IOException failure) {
            throw new UncheckedIOException("a stream cannot be opened", failure);
        }
    }

    private void open() throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ByteBuffer sent = request.duplicate();
        while (sent.hasRemaining()) {
            channel.write(sent);
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        opened++;
    }

    private void read(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            input.clear();
            if (channel.read(input) < 0) {
                ended.incrementAndGet();
                channel.close();
            } else if (key.attach(ANSWERED) == null) {
                answered.incrementAndGet();
            }
        } catch (IOException broken) {
            ended.incrementAndGet();
            key.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
