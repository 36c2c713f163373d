package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Base class of transport responses: it holds the head, knows when the body is complete, and repeats a failure to every later
 * read. One thread at a time reads; {@link #close()} may come from any thread.
 */
public abstract class AbstractTransportResponse implements TransportResponse {

    private final AbstractTransportCall call;
    private final ResponseHead head;
    private final ConnectionUse connection;
    private long remaining;
    private volatile boolean complete;
    private @Nullable TransportException failure;

    /**
     * Creates a response whose body is still to be read.
     *
     * @param call the call, which already knows its connection
     * @param bodyLength the number of bytes after which the body is complete, or {@link Headers#UNKNOWN_LENGTH} when
     *     {@link #readBody} returns -1 at the end
     */
    protected AbstractTransportResponse(AbstractTransportCall call, ResponseHead head, long bodyLength) {
        this.call = call;
        this.head = head;
        this.connection = call.connection();
        this.remaining = bodyLength;
        call.enter(CallPhase.BODY);
    }

    /**
     * Reads at least one byte of the body, waiting for it.
     *
     * @param length positive
     * @return -1 at the end of the body; it is not called again then
     * @throws IOException or a runtime exception, which ends the call
     */
    protected abstract int readBody(byte[] buffer, int offset, int length) throws IOException;

    /** Returns whether {@link #readBody} would not wait; false by default, as by {@link #isReadable()}. */
    protected boolean isBodyReadable() {
        return false;
    }

    /** Called once, as soon as the body is complete: the place to give the connection back. */
    protected abstract void bodyCompleted() throws IOException;

    /** Completes a response without a body, before the response is handed out. */
    final void begin() throws IOException {
        completeIf(remaining == 0);
    }

    /** Returns the number of bytes that the body still has, or {@link Headers#UNKNOWN_LENGTH} when only its end tells. */
    protected final long remaining() {
        return remaining;
    }

    private void completeIf(boolean end) throws IOException {
        if (end) {
            bodyCompleted();
            complete = true;
        }
    }

    @Override
    public final boolean isReadable() {
        return complete || failure != null || isBodyReadable();
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (failure != null) {
            throw failure;
        }
        if (complete) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        try {
            call.requireRunning();
            int count = readBody(buffer, offset, length);
            if (remaining != Headers.UNKNOWN_LENGTH) {
                remaining -= Math.max(0, count);
            }
            completeIf(count < 0 || remaining == 0);
            return count;
        } catch (IOException | RuntimeException cause) {
            failure = call.failed(cause);
            throw failure;
        }
    }

    /** Hands over the rest of a body. */
    @FunctionalInterface
    protected interface BodyPush {

        /**
         * Starts to hand everything over.
         *
         * @param whenEnded is called once, unless this method throws, with the exception that ended the push, or with null after everything
         */
        void start(Consumer<@Nullable IOException> whenEnded) throws IOException;
    }

    /**
     * Reads the rest of the body in another way than by {@link #readBody}: for the {@link #forward} of a transport that pushes.
     *
     * @param end learns how the body has ended: the failure of a push is a {@link TransportException}, whose cause is the exception of the
     *     push
     */
    protected final void push(BodyPush rest, ForwardEnd end) {
        if (failure != null || complete) {
            end.ended(failure);
            return;
        }
        try {
            call.requireRunning();
            rest.start(broken -> end.ended(pushed(broken)));
        } catch (IOException | RuntimeException cause) {
            failure = call.failed(cause);
            end.ended(failure);
        }
    }

    private @Nullable Throwable pushed(@Nullable IOException broken) {
        try {
            if (broken != null) {
                throw broken;
            }
            completeIf(true);
            return null;
        } catch (IOException | RuntimeException cause) {
            failure = call.failed(cause);
            return failure;
        }
    }

    /** Cancels the call unless it is complete, which closes the connection without reading the rest of the body. */
    @Override
    public void close() {
        call.cancel();
    }

    @Override
    public final int status() {
        return head.status();
    }

    @Override
    public final Headers headers() {
        return head.headers();
    }

    @Override
    public final String protocol() {
        return head.protocol();
    }

    @Override
    public final ConnectionUse connection() {
        return connection;
    }
}
