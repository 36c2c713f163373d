package dev.paddock.benchmarks.gateway;

import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Streams at the pace of a model, which the server spreads evenly over the time between two chunks. Read by the thread that measures. */
final class PacedStreams implements AutoCloseable {

    private static final String SUCCESS = "HTTP/1.1 200 ";

    private final Selector selector = Selector.open();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 * 1024);
    private long chunks;

    private PacedStreams() throws IOException {}

    /** Opens streams; each lasts for half a minute. */
    static PacedStreams open(LoadTarget target, int count) throws IOException {
        PacedStreams opened = new PacedStreams();
        byte[] request = target.request(GatewayLoad.STEADY);
        for (int stream = 0; stream < count; stream++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
            ByteBuffer sent = ByteBuffer.wrap(request);
            while (sent.hasRemaining()) {
                channel.write(sent);
            }
            channel.configureBlocking(false);
            channel.register(opened.selector, SelectionKey.OP_READ, new Stream(channel));
        }
        return opened;
    }

    /** Reads for a time and returns how many chunks have arrived. */
    long read(Duration time) throws IOException {
        long before = chunks;
        long end = System.nanoTime() + time.toNanos();
        try {
            for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
                selector.select(this::read, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
            }
        } catch (UncheckedIOException broken) {
            throw new IOException(broken.getMessage(), broken.getCause());
        }
        return chunks - before;
    }

    private void read(SelectionKey key) {
        try {
            chunks += ((Stream) key.attachment()).read(input);
        } catch (IOException broken) {
            throw new UncheckedIOException("a stream has ended: " + broken.getMessage(), broken);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** One stream. Each of its chunks is a line that ends with a brace, in both APIs. */
    private static final class Stream {

        private final SocketChannel channel;
        private boolean begun;
        private byte last;

        private Stream(SocketChannel channel) {
            this.channel = channel;
        }

        private int read(ByteBuffer input) throws IOException {
            input.clear();
            if (channel.read(input) < 0) {
                throw new EOFException("too early");
            }
            input.flip();
            if (!begun) {
                begun = true;
                String head = StandardCharsets.US_ASCII.decode(input.duplicate()).toString();
                if (!head.startsWith(SUCCESS)) {
                    throw new IOException("answered " + head.lines().findFirst().orElse(""));
                }
            }
            int lines = 0;
            while (input.hasRemaining()) {
                byte next = input.get();
                if (next == '\n' && last == '}') {
                    lines++;
                }
                last = next;
            }
            return lines;
        }
    }
}
