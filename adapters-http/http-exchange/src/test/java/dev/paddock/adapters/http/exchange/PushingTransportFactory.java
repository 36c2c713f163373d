package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.ConnectionUse;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Transports that forward a body on a thread of their own, as those with event loops do; all else is done by other transports. */
record PushingTransportFactory(HttpTransportFactory factory) implements HttpTransportFactory {

    static final String LOOP = "test-loop";

    @Override
    public String name() {
        return "pushing";
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new Transport(
                factory.create(endpoint, settings, listener),
                Executors.newSingleThreadExecutor(Thread.ofPlatform().name(LOOP).daemon().factory()));
    }

    private record Transport(HttpTransport transport, ExecutorService loop) implements HttpTransport {

        @Override
        public TransportCall newCall(TransportRequest request, CallListener listener) {
            TransportCall call = transport.newCall(request, listener);
            return new TransportCall() {
                @Override
                public TransportResponse execute() {
                    return new Response(call.execute(), loop);
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
            loop.shutdown();
        }
    }

    private record Response(TransportResponse response, ExecutorService loop) implements TransportResponse {

        @Override
        public int status() {
            return response.status();
        }

        @Override
        public Headers headers() {
            return response.headers();
        }

        @Override
        public String protocol() {
            return response.protocol();
        }

        @Override
        public ConnectionUse connection() {
            return response.connection();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return response.read(buffer, offset, length);
        }

        @Override
        public void forward(BodyReceiver receiver) {
            byte[] buffer = new byte[4096];
            for (int count = read(buffer, 0, buffer.length); count >= 0; count = read(buffer, 0, buffer.length)) {
                if (!receiveOnLoop(receiver, buffer, count)) {
                    receiver.awaitReady();
                }
            }
        }

        private static boolean receive(BodyReceiver receiver, byte[] buffer, int count) {
            boolean isReady = receiver.receive(buffer, 0, count);
            receiver.flush();
            return isReady;
        }

        private boolean receiveOnLoop(BodyReceiver receiver, byte[] buffer, int count) {
            try {
                return CompletableFuture.supplyAsync(() -> receive(receiver, buffer, count), loop).join();
            } catch (CompletionException failed) {
                close();
                throw (RuntimeException) failed.getCause();
            }
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
