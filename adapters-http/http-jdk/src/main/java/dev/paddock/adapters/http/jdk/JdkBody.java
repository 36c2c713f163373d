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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The head and the body of one response. The client pushes the body and its reader pulls it: the client may read from the
 * connection once, and again when the reader has taken everything that arrived. Nothing of the body is read when the head violates
 * HTTP or the call has ended. Thread-safe.
 */
final class JdkBody implements HttpResponse.BodyHandler<JdkBody>, HttpResponse.BodySubscriber<JdkBody> {

    private static final int MAX_FIELDS = 100;
    private static final int MAX_LINE = 8192;

    private final JdkCall call;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>(); // guarded by lock, as is everything below
    private @Nullable ResponseHead head;
    private @Nullable ProtocolException malformed;
    private long length = Headers.UNKNOWN_LENGTH;
    private long received;
    private boolean started;
    private boolean complete;
    private boolean cancelled;
    private @Nullable Throwable failure;
    private Flow.@Nullable Subscription subscription;

    JdkBody(JdkCall call) {
        this.call = call;
    }

    @Override
    public JdkBody apply(HttpResponse.ResponseInfo info) {
        call.markResponseStarted();
        lock.lock();
        try {
            started = true;
            ResponseHead valid = headOf(info);
            head = valid;
            length = valid.bodyLength(call.request().method());
        } catch (ProtocolException violation) {
            malformed = violation;
            cancelled = true;
        } finally {
            lock.unlock();
        }
        return this;
    }

    /** The client hands fields over in alphabetical order and lower case. */
    private static ResponseHead headOf(HttpResponse.ResponseInfo info) throws ProtocolException {
        String protocol = info.version() == HttpClient.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1";
        ResponseHead head = ResponseHead.of(info.statusCode(), protocol, () -> {
            List<Header> fields = new ArrayList<>();
            info.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":")) {
                    values.forEach(value -> fields.add(new Header(name, value)));
                }
            });
            return fields;
        });
        List<Header> fields = head.headers().fields();
        if (fields.size() > MAX_FIELDS
                || fields.stream().anyMatch(field -> field.name().length() + field.value().length() + 2 > MAX_LINE)) {
            throw new ProtocolException("The head of the response is too large");
        }
        return head;
    }

    /** Returns the head once it has arrived. */
    ResponseHead head() throws ProtocolException {
        lock.lock();
        try {
            if (malformed != null) {
                throw malformed;
            }
            return requireNonNull(head, "head");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CompletionStage<JdkBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    /** Reads what has arrived, waiting for at least one byte; -1 at the end. Bytes before a failure come first. */
    int read(byte[] buffer, int offset, int size) throws IOException {
        int count;
        Flow.@Nullable Subscription drained;
        lock.lock();
        try {
            ByteBuffer next = awaitBytes();
            if (next == null) {
                return -1;
            }
            count = Math.min(size, next.remaining());
            next.get(buffer, offset, count);
            if (!next.hasRemaining()) {
                arrived.remove();
            }
            drained = arrived.isEmpty() ? subscription : null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(interrupted);
        } finally {
            lock.unlock();
        }
        if (drained != null) {
            drained.request(1);
        }
        return count;
    }

    /** Returns the next bytes, or null at the end. */
    private @Nullable ByteBuffer awaitBytes() throws IOException, InterruptedException {
        while (true) {
            if (cancelled) {
                throw new CancellationException("The call was cancelled");
            }
            if (!arrived.isEmpty()) {
                return arrived.peek();
            }
            if (complete) {
                return null;
            }
            if (failure != null) {
                throw failure instanceof IOException broken ? broken : new IOException(failure);
            }
            changed.await();
        }
    }

    /**
     * Returns whether all of the body has arrived. The client reports the end some time after the last byte, and has released the
     * connection then or is about to.
     */
    boolean hasArrived() {
        lock.lock();
        try {
            return complete || received == length;
        } finally {
            lock.unlock();
        }
    }

    /** Fails the body, for its reader to see; false when the head has not arrived yet. */
    boolean failIfStarted(Throwable cause) {
        lock.lock();
        try {
            if (started) {
                onError(cause);
            }
            return started;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Discards what has arrived, wakes the reader, and closes the connection unless the body is complete.
     *
     * @return false when the client has not begun to read, and may never do so
     */
    boolean cancel() {
        Flow.@Nullable Subscription begun;
        boolean unfinished;
        lock.lock();
        try {
            cancelled = true;
            arrived.clear();
            changed.signalAll();
            begun = subscription;
            unfinished = !hasArrived();
        } finally {
            lock.unlock();
        }
        if (begun != null && unfinished) {
            begun.cancel();
        }
        return begun != null;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        boolean unwanted;
        lock.lock();
        try {
            subscription = begun;
            unwanted = cancelled;
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            begun.cancel();
        } else {
            begun.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        update(() -> {
            for (ByteBuffer buffer : buffers) {
                received += buffer.remaining();
                if (!cancelled && buffer.hasRemaining()) {
                    arrived.add(buffer);
                }
            }
        });
    }

    @Override
    public void onComplete() {
        update(() -> complete = true);
    }

    @Override
    public void onError(Throwable cause) {
        update(() -> failure = failure == null ? cause : failure);
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
