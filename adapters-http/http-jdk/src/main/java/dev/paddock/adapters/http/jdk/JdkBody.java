package dev.paddock.adapters.http.jdk;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The head and the body of one response. The client pushes the body and its reader pulls it: the client reads from the connection
 * while less than {@link #READ_AHEAD} waits for the reader. Nothing of the body is read when the head violates HTTP or the call has
 * ended. Thread-safe.
 *
 * <p>The client parses what has arrived in the thread that requests more, and may not come back ({@link TrampolineExecutor}). So the
 * reader leaves that to a thread of the transport: otherwise no time limit would end its call.
 */
final class JdkBody implements HttpResponse.BodyHandler<JdkBody>, HttpResponse.BodySubscriber<JdkBody> {

    /** In bytes. The client hands over what one read of the connection returned, up to 16 KiB, so that a little more may wait. */
    private static final int READ_AHEAD = 16 * 1024;

    private final JdkCall call;
    private final AtomicLong unread = new AtomicLong();
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private volatile @Nullable ResponseHead head;
    private volatile @Nullable ProtocolException malformed;
    private volatile long length = Headers.UNKNOWN_LENGTH;
    private volatile long received; // written by one thread at a time
    private volatile boolean complete;
    private volatile boolean cancelled;
    private volatile Flow.@Nullable Subscription subscription;
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>(); // confined to the reader

    JdkBody(JdkCall call) {
        this.call = call;
    }

    /** Bytes or a failure of the body; without both, a reason for the reader to check the state. */
    private record Signal(List<ByteBuffer> bytes, @Nullable Throwable failure) {

        private static final Signal CHANGED = new Signal(List.of(), null);
    }

    @Override
    public JdkBody apply(HttpResponse.ResponseInfo info) {
        call.markResponseStarted();
        try {
            ResponseHead valid = headOf(info);
            length = valid.bodyLength(call.request().method());
            head = valid;
        } catch (ProtocolException violation) {
            malformed = violation;
            cancelled = true;
        }
        return this;
    }

    /** The client hands fields over in alphabetical order and lower case. */
    private static ResponseHead headOf(HttpResponse.ResponseInfo info) throws ProtocolException {
        String protocol = info.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        return ResponseHead.of(info.statusCode(), protocol, () -> {
            List<Header> fields = new ArrayList<>();
            info.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":")) {
                    values.forEach(value -> fields.add(new Header(name, value)));
                }
            });
            return fields;
        });
    }

    /** Returns the head once it has arrived. */
    ResponseHead head() throws ProtocolException {
        ProtocolException violation = malformed;
        if (violation != null) {
            throw violation;
        }
        return requireNonNull(head, "head");
    }

    @Override
    public CompletionStage<JdkBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    /** Reads what has arrived, waiting for at least one byte; -1 at the end. Bytes before a failure come first. */
    int read(byte[] buffer, int offset, int size) throws IOException {
        ByteBuffer next = awaitBytes();
        if (next == null) {
            return -1;
        }
        int count = Math.min(size, next.remaining());
        next.get(buffer, offset, count);
        if (!next.hasRemaining()) {
            arrived.remove();
        }
        long before = unread.getAndAdd(-count);
        if (before >= READ_AHEAD && before - count < READ_AHEAD) {
            TrampolineExecutor.runInPool(this::requestMore);
        }
        return count;
    }

    private void requestMore() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(1);
        }
    }

    /** Returns the next bytes, or null at the end. */
    private @Nullable ByteBuffer awaitBytes() throws IOException {
        while (true) {
            if (cancelled) {
                throw new CancellationException("The call was cancelled");
            }
            if (!arrived.isEmpty()) {
                return arrived.peek();
            }
            Signal next = take();
            if (next.failure() != null) {
                throw next.failure() instanceof IOException broken ? broken : new IOException(next.failure());
            }
            if (next.bytes().isEmpty() && complete) {
                return null;
            }
            for (ByteBuffer bytes : next.bytes()) {
                if (bytes.hasRemaining()) {
                    arrived.add(bytes);
                }
            }
        }
    }

    private Signal take() {
        try {
            return signals.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(interrupted);
        }
    }

    /**
     * Returns whether all of the body has arrived. The client reports the end some time after the last byte, and has released the
     * connection then or is about to.
     */
    boolean hasArrived() {
        return complete || received == length;
    }

    /** Fails the body, for its reader to see; false when the head has not arrived yet. */
    boolean failIfStarted(Throwable cause) {
        boolean started = head != null || malformed != null;
        if (started) {
            onError(cause);
        }
        return started;
    }

    /**
     * Discards what has arrived, wakes the reader, and closes the connection unless the body is complete.
     *
     * @return false when the client has not begun to read, and may never do so
     */
    boolean cancel() {
        cancelled = true;
        signals.clear();
        signals.add(Signal.CHANGED);
        Flow.Subscription begun = subscription;
        if (begun != null && !hasArrived()) {
            begun.cancel();
        }
        return begun != null;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        if (cancelled) {
            begun.cancel();
        } else {
            TrampolineExecutor.runInPool(this::requestMore);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        long size = 0;
        for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
        }
        long total = received + size;
        received = total;
        signals.add(new Signal(buffers, null));
        if (unread.addAndGet(size) < READ_AHEAD) {
            requestMore();
        }
    }

    @Override
    public void onComplete() {
        complete = true;
        signals.add(Signal.CHANGED);
    }

    @Override
    public void onError(Throwable cause) {
        signals.add(new Signal(List.of(), cause));
    }
}
