package dev.paddock.benchmarks.upstream;

import dev.paddock.benchmarks.upstream.ResponseFraming.UpstreamResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** One connection: reads a request, writes its answer, and so on. Used by the thread of its event loop only. */
final class UpstreamConnection {

    /** Orders the conversations that wait. */
    static final Comparator<UpstreamConnection> BY_DUE_TIME = (one, other) -> Long.signum(one.due - other.due);

    private final SocketChannel channel;
    private final UpstreamResponses answers;
    private final EventLoop loop;
    private final RequestReader reader = new RequestReader();

    private @Nullable SelectionKey key;
    /** What was read of a request that is not complete; null when there is nothing, as on all idle connections. */
    private @Nullable ByteBuffer input;
    /** The pieces that are still to be written; null while a request is awaited. */
    private @Nullable Iterator<ByteBuffer> pieces;
    private @Nullable ByteBuffer output;
    private boolean last;
    private long due;
    private long pace; // in nanoseconds
    private long shift; // of the second piece

    UpstreamConnection(SocketChannel channel, UpstreamResponses answers, EventLoop loop) {
        this.channel = channel;
        this.answers = answers;
        this.loop = loop;
    }

    void register(Selector selector) throws IOException {
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    long nanosUntilDue() {
        return due - System.nanoTime();
    }

    void ready(SelectionKey ready) {
        try {
            if (ready.isValid() && ready.isWritable()) { // a piece that was due may have closed it
                write();
            }
            if (ready.isValid() && ready.isReadable()) {
                read();
            }
        } catch (IOException gone) {
            close();
        }
    }

    void resume() {
        try {
            write();
        } catch (IOException gone) {
            close();
        }
    }

    private void read() throws IOException {
        ByteBuffer arriving = input == null ? loop.acquireBuffer() : input;
        input = arriving;
        if (!arriving.hasRemaining() || channel.read(arriving) < 0) {
            close();
            return;
        }
        answerNext(arriving);
        if (arriving.position() == 0) {
            giveBackInput();
        }
    }

    private void giveBackInput() {
        if (input != null) {
            loop.releaseBuffer(input);
            input = null;
        }
    }

    private void answerNext(ByteBuffer arrived) throws IOException {
        while (pieces == null && channel.isOpen()) {
            arrived.flip();
            boolean complete = reader.read(arrived);
            arrived.compact();
            if (!complete) {
                return;
            }
            last = answers.closing() || reader.head().close();
            UpstreamResponse answer = answers.to(reader.head(), reader.body());
            pieces = answer.pieces().iterator();
            pace = answer.pace().toNanos();
            shift = (long) (pace * loop.nextShift());
            write();
        }
    }

    private void write() throws IOException {
        if (output == null) {
            output = nextPiece();
        }
        if (output == null) {
            return;
        }
        channel.write(output);
        if (output.hasRemaining()) {
            interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            return;
        }
        output = null;
        interest(SelectionKey.OP_READ);
        if (pieces != null && pieces.hasNext()) {
            due = System.nanoTime() + pace + shift;
            shift = 0;
            loop.resumeWhenDue(this);
            return;
        }
        finish();
    }

    private void finish() throws IOException {
        pieces = null;
        if (last) {
            close();
            return;
        }
        if (input != null && input.position() > 0) {
            answerNext(input);
        }
    }

    private @Nullable ByteBuffer nextPiece() {
        return pieces == null ? null : pieces.next().duplicate();
    }

    private void interest(int operations) {
        if (key != null && key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private void close() {
        giveBackInput();
        try {
            channel.close();
        } catch (IOException broken) {
            // The connection is closed either way.
        }
    }
}
