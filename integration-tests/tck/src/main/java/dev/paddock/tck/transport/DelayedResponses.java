package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Returns each response with a delay, as on a busy machine. The system property {@value #PROPERTY} switches it on for all suites: the
 * delay in milliseconds, none by default. Shows that no case depends on the speed of the machine.
 */
record DelayedResponses(Duration delay) implements UnaryOperator<TransportResponse> {

    static final String PROPERTY = "paddock.tck.delay";

    static HttpTransportFactory delayIfAsked(HttpTransportFactory factory) {
        int millis = Integer.getInteger(PROPERTY, 0);
        return millis > 0 ? DecoratedTransportFactory.ofResponses(factory, new DelayedResponses(Duration.ofMillis(millis))) : factory;
    }

    @Override
    public TransportResponse apply(TransportResponse response) {
        long end = System.nanoTime() + delay.toNanos();
        for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return response;
            }
        }
        return response;
    }
}
