package dev.paddock.testsupport.fault;

import java.io.OutputStream;
import java.time.Duration;

/** Delivers every byte later; what is under way does not wait for what was sent before it. */
record Latency(Duration delay) implements Toxic {

    Latency {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a latency must not be negative, but is " + delay);
        }
    }

    @Override
    public OutputStream on(OutputStream next, TcpConnection wire) {
        return delay.isZero() ? next : new DelayLine(next, wire, delay);
    }
}
