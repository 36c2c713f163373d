package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.decoding.StrictRequestDecoder;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The bytes that a client sends while a request is in progress. Up to 64 KiB of them are held for the next requests. Beyond that, reading
 * stops for a short time. If the request is then still in progress, all these bytes are discarded: the server cannot notice that the
 * client has disconnected behind bytes that it does not read. Used by the thread of the connection unless it says otherwise.
 */
final class PipelinedInput {

    private static final int MAX_HELD = 64 * 1024;
    private static final long MAX_DISCARDED = 8L * 1024 * 1024;
    private static final long HOLD_NANOS = Duration.ofMillis(250).toNanos();

    private final Channel channel;
    private final StrictRequestDecoder decoder;
    private final Consumer<Exception> whenFailed;
    private boolean readingStopped;
    private int looks; // while reading is stopped
    private volatile boolean discarding;

    /**
     * Creates the input of a connection.
     *
     * @param whenFailed called when the bytes cannot be decoded
     */
    PipelinedInput(Channel channel, StrictRequestDecoder decoder, Consumer<Exception> whenFailed) {
        this.channel = channel;
        this.decoder = decoder;
        this.whenFailed = whenFailed;
    }

    /** Returns whether reading has stopped, so that {@link #isHeldTooLong} matters. */
    boolean isReadingStopped() {
        return readingStopped;
    }

    /** Returns whether the bytes are discarded, so that the request in progress is the last of the connection. For any thread. */
    boolean isDiscarding() {
        return discarding;
    }

    /** Returns whether a request that has been in progress for the given time keeps reading stopped for too long. */
    boolean isHeldTooLong(long elapsedNanos) {
        return readingStopped && elapsedNanos >= HOLD_NANOS && ++looks > 1; // one look alone may follow a pause of this process
    }

    /** Returns whether more bytes were discarded than any ordinary client sends in advance. */
    boolean isExcessive() {
        return discarding && decoder.discarded() > MAX_DISCARDED;
    }

    /** Stops reading if too many bytes are held. */
    void limit() {
        if (decoder.held() > MAX_HELD) {
            looks = readingStopped ? looks : 0;
            readingStopped = true;
            read(false);
        }
    }

    /** Discards everything that is held and that follows. */
    void discard() {
        discarding = true;
        decoder.stop();
        proceed();
    }

    /** Reads and decodes again. */
    void proceed() {
        readingStopped = false;
        read(true);
        try {
            decoder.resume();
        } catch (Exception failure) {
            whenFailed.accept(failure);
        }
    }

    private void read(boolean automatically) {
        var unused = channel.config().setAutoRead(automatically);
    }
}
