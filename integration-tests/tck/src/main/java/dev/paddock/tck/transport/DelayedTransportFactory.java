package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Transports whose calls return from {@code execute} with a delay, as on a busy machine. The system property
 * {@value #PROPERTY} switches it on for all suites: the delay in milliseconds, none by default. Shows that no case depends on
 * the speed of the machine.
 */
record DelayedTransportFactory(HttpTransportFactory factory, Duration delay) implements HttpTransportFactory {

    static final String PROPERTY = "paddock.tck.delay";

    static HttpTransportFactory wrapIfAsked(HttpTransportFactory factory) {
        int millis = Integer.getInteger(PROPERTY, 0);
        return millis > 0 ? new DelayedTransportFactory(factory, Duration.ofMillis(millis)) : factory;
    }

    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new DelayedTransport(factory.create(endpoint, settings, listener), delay);
    }

    private record DelayedTransport(HttpTransport transport, Duration delay) implements HttpTransport {

        @Override
        public TransportCall newCall(TransportRequest request, CallListener listener) {
            TransportCall call = transport.newCall(request, listener);
            return new TransportCall() {
                @Override
                public TransportResponse execute() {
                    TransportResponse response = call.execute();
                    pause(delay);
                    return response;
                }

                @Override
                public void cancel() {
                    call.cancel();
                }
            };
        }

        @Override
        public Set<ConnectionEvent> reportedEvents() {
            return transport.reportedEvents();
        }

        @Override
        public @Nullable Integer idleConnections() {
            return transport.idleConnections();
        }

        @Override
        public void closeIdle(Duration unusedFor) {
            transport.closeIdle(unusedFor);
        }

        @Override
        public void close() {
            transport.close();
        }

        private static void pause(Duration delay) {
            long end = System.nanoTime() + delay.toNanos();
            for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        }
    }
}
