package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.BodyReceiver;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands a body over to its receiver. While the receiver can take no more, the connection is not read. Confined to the event loop, on
 * which it is called without a lock: the receiver may wait for another one.
 */
final class BodyForwarder {

    private final BodyReceiver receiver;
    private final Consumer<Boolean> reading;
    private final Executor loop;
    private final Consumer<Throwable> whenRefused;
    private @Nullable Object pause; // of reading, while it lasts
    private boolean ended;

    /**
     * Creates a forwarder that has handed nothing over.
     *
     * @param reading sets whether the connection is read
     * @param loop the event loop, which runs at once what comes from itself
     * @param whenRefused gets what the receiver throws; nothing is handed over afterwards
     */
    BodyForwarder(BodyReceiver receiver, Consumer<Boolean> reading, Executor loop, Consumer<Throwable> whenRefused) {
        this.receiver = receiver;
        this.reading = reading;
        this.loop = loop;
        this.whenRefused = whenRefused;
    }

    /** Hands over bytes that have arrived. */
    void receive(byte[] source, int offset, int length) {
        if (ended) {
            return;
        }
        try {
            if (!receiver.receive(source, offset, length) && pause == null) {
                pause();
            }
        } catch (RuntimeException | Error refused) {
            refuse(refused);
        }
    }

    /** Says that all bytes of one read were handed over. */
    void flush() {
        if (ended) {
            return;
        }
        try {
            receiver.flush();
        } catch (RuntimeException | Error refused) {
            refuse(refused);
        }
    }

    private void refuse(Throwable reason) {
        ended = true;
        whenRefused.accept(reason);
    }

    private void pause() {
        Object begun = new Object();
        pause = begun;
        reading.accept(false);
        receiver.whenReady(() -> loop.execute(() -> {
            if (begun.equals(pause)) {
                endPause();
            }
        }));
    }

    /** What was read before may have filled the receiver again, behind the room that ends the pause and comes from another thread. */
    private void endPause() {
        if (ended || receiver.isReady()) {
            resume();
        } else {
            pause();
        }
    }

    /** Returns whether the receiver can take no more. */
    boolean isPaused() {
        return pause != null;
    }

    /** Reads the connection again, if it is not read. */
    void resume() {
        if (pause != null) {
            pause = null;
            reading.accept(true);
        }
    }

    /** Hands nothing over any more. */
    void end() {
        ended = true;
    }
}
