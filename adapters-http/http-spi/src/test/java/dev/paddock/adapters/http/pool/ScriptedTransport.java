package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.ForwardEnd;
import dev.paddock.domain.exchange.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A transport without a network: every response is an endless body that ends when it is closed or cancelled. */
final class ScriptedTransport implements HttpTransport {

    /** Makes scripted transports and keeps them for the test to look at. */
    static final class Factory implements HttpTransportFactory {

        final List<ScriptedTransport> made = new CopyOnWriteArrayList<>();

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
            ScriptedTransport transport = new ScriptedTransport(endpoint, listener);
            made.add(transport);
            return transport;
        }
    }

    final Endpoint endpoint;
    final List<Duration> idleClosed = new CopyOnWriteArrayList<>();
    final List<TransportRequest> sent = new ArrayList<>();
    final AtomicInteger closed = new AtomicInteger();
    private final ConnectionListener listener;

    private ScriptedTransport(Endpoint endpoint, ConnectionListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    @Override
    public TransportCall newCall(TransportRequest request, CallListener callListener) {
        sent.add(request);
        return new Call();
    }

    @Override
    public Set<ConnectionEvent> reportedEvents() {
        return Set.of(ConnectionEvent.OPENED, ConnectionEvent.LEASED);
    }

    @Override
    public Integer idleConnections() {
        return null;
    }

    @Override
    public void closeIdle(Duration unusedFor) {
        idleClosed.add(unusedFor);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private final class Call implements TransportCall, TransportResponse {

        private final CountDownLatch cancelled = new CountDownLatch(1);

        @Override
        public TransportResponse execute() {
            listener.opened(Duration.ofMillis(1));
            listener.leased(false);
            return this;
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public int status() {
            return 200;
        }

        @Override
        public Headers headers() {
            return Headers.EMPTY;
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public ConnectionUse connection() {
            return new ConnectionUse("1", false);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            try {
                cancelled.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            throw new TransportException(
                    TransportFailure.CANCELLED, CallProgress.nothingSent(CallPhase.BODY), "cancelled", null);
        }

        /** Pushes one byte, and finds out that the call has ended only when the receiver resumes it. */
        @Override
        public void forward(BodyReceiver receiver, ForwardEnd end) {
            end.after(() -> {
                if (!receiver.receive(new byte[1], 0, 1)) {
                    receiver.awaitReady();
                }
                int unused = read(new byte[1], 0, 1);
            });
        }

        @Override
        public void close() {
            cancel();
        }
    }
}
