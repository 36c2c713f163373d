package dev.paddock.benchmarks.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One thread, its selector, and the conversations that wait for their next piece to be due. */
final class EventLoop {

    /** What is due this soon is due now: a shorter wait costs more than it gains. */
    private static final long TOLERANCE_NANOS = 20_000;

    private static final long SELECTOR_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int INPUT_SIZE = 65_536;
    private static final int SHIFTS = 64;

    private final Selector selector;
    /** Buffers that no conversation needs now: only a few of thousands are in the midst of a request. */
    private final Queue<ByteBuffer> spares = new ArrayDeque<>();
    private final Queue<UpstreamConnection> adopted = new ConcurrentLinkedQueue<>();
    private final Queue<UpstreamConnection> waiting = new PriorityQueue<>(UpstreamConnection.BY_DUE_TIME);

    private int shifts;

    EventLoop() throws IOException {
        selector = Selector.open();
    }

    void listen(Listener listener) throws IOException {
        listener.register(selector);
    }

    void start() {
        Thread.ofPlatform().name("upstream").daemon().start(this::run);
    }

    void register(UpstreamConnection conversation) {
        adopted.add(conversation);
        selector.wakeup();
    }

    /** Returns how much later a stream writes than others, as a share of the time between two pieces, so that streams are spread evenly. */
    double nextShift() {
        shifts = (shifts + 1) % SHIFTS;
        return (double) shifts / SHIFTS;
    }

    void resumeWhenDue(UpstreamConnection conversation) {
        waiting.add(conversation);
    }

    void close() throws IOException {
        selector.close();
    }

    /** Returns an empty buffer for what arrives. */
    ByteBuffer acquireBuffer() {
        ByteBuffer spare = spares.poll();
        return spare == null ? ByteBuffer.allocateDirect(INPUT_SIZE) : spare;
    }

    /** Takes back a buffer that was borrowed, whatever is in it. */
    void releaseBuffer(ByteBuffer borrowed) {
        spares.add(borrowed.clear());
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                turn();
            }
        } catch (ClosedSelectorException closed) {
            // The loop was closed.
        } catch (IOException failure) {
            throw new UncheckedIOException("the event loop broke", failure);
        }
    }

    private void turn() throws IOException {
        select();
        for (UpstreamConnection next = adopted.poll(); next != null; next = adopted.poll()) {
            next.register(selector);
        }
        while (!waiting.isEmpty() && waiting.element().nanosUntilDue() <= TOLERANCE_NANOS) {
            waiting.remove().resume();
        }
    }

    /** A selector waits for whole milliseconds, which would write pieces of several streams together: the rest is waited for without it. */
    private void select() throws IOException {
        UpstreamConnection next = waiting.peek();
        if (next == null) {
            selector.select(EventLoop::serve);
            return;
        }
        long wait = next.nanosUntilDue();
        if (wait >= SELECTOR_NANOS) {
            selector.select(EventLoop::serve, TimeUnit.NANOSECONDS.toMillis(wait));
        } else {
            LockSupport.parkNanos(wait - TOLERANCE_NANOS);
            selector.selectNow(EventLoop::serve);
        }
    }

    private static void serve(SelectionKey key) {
        switch (key.attachment()) {
            case Listener listener -> accept(listener);
            case UpstreamConnection conversation -> conversation.ready(key);
            default -> throw new IllegalStateException("unknown attachment " + key.attachment());
        }
    }

    private static void accept(Listener listener) {
        try {
            listener.accept();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot accept", failure);
        }
    }

    /** Accepts connections at a free port. */
    static final class Listener {

        private static final int BACKLOG = 1024;

        private final ServerSocketChannel channel;
        private final UpstreamResponses answers;
        private final EventLoop loop;

        Listener(UpstreamResponses answers, EventLoop loop) throws IOException {
            this.channel = ServerSocketChannel.open();
            this.answers = answers;
            this.loop = loop;
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
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
                loop.register(new UpstreamConnection(accepted, answers, loop));
            }
        }

        void close() throws IOException {
            channel.close();
        }
    }
}
