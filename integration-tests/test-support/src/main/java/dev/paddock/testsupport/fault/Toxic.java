package dev.paddock.testsupport.fault;

import java.io.OutputStream;
import java.time.Duration;

/**
 * A fault in one direction of a connection. A value: what it has to remember it keeps for each connection anew.
 *
 * <p>A toxic stands before the stream that takes the bytes. Writing hands bytes on, possibly later; {@code flush}
 * returns when all of them are on their way; {@code close} ends the direction in an orderly way once they are.
 */
@FunctionalInterface
public interface Toxic {

    /**
     * Returns the stream that suffers from this fault.
     *
     * @param next takes what is left of the bytes
     * @param wire the connection, to wait or to be reset
     */
    OutputStream on(OutputStream next, TcpConnection wire);

    /** Returns the toxic through which the bytes pass unharmed. */
    static Toxic none() {
        return StatelessToxic.NONE;
    }

    /** Returns the toxic by which every byte arrives later by the given time; any number of them may be under way. */
    static Toxic latency(Duration delay) {
        return new Latency(delay);
    }

    /** Returns the toxic that lets so many bytes pass in a second, at least 1. */
    static Toxic bandwidth(long bytesPerSecond) {
        return new Bandwidth(bytesPerSecond);
    }

    /** Returns the toxic that sends the bytes in segments of the given size, at least 1. */
    static Toxic slices(int bytes) {
        return new Slices(bytes, Duration.ZERO);
    }

    /** Returns the toxic that sends one byte each time the given time has passed. */
    static Toxic drip(Duration every) {
        return new Slices(1, every);
    }

    /** Returns the toxic that swallows everything, the end included. */
    static Toxic blackhole() {
        return StatelessToxic.BLACKHOLE;
    }

    /** Returns the toxic that resets the connection (RST). */
    static Toxic reset() {
        return new Reset();
    }

    /** Returns the toxic that ends this direction (FIN) and swallows what follows; the other direction goes on. */
    static Toxic halfClose() {
        return new HalfClose();
    }

    /** Returns the toxic that replaces every byte by one that means nothing; the same ones for the same seed. */
    static Toxic garbage(long seed) {
        return new Garbage(seed);
    }

    /** Returns this toxic with its effect from a place on: so many bytes pass before it, zero or more. */
    default Toxic after(long bytes) {
        return new After(bytes, this);
    }

    /** Returns the toxic that hands to the other one what this one leaves of the bytes. */
    default Toxic then(Toxic other) {
        return new Sequence(this, other);
    }
}
