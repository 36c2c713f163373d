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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Transports whose calls are other ones than those of the transports below, which do all else.
 *
 * @param factory makes the transports below
 * @param calls makes the calls
 */
public record DecoratedTransportFactory(HttpTransportFactory factory, Calls calls) implements HttpTransportFactory {

    /** Makes the calls of a decorated transport. */
    @FunctionalInterface
    public interface Calls {

        /** Returns the call that the transport below, or another one in its place, makes of a request. */
        TransportCall make(HttpTransport transport, TransportRequest request, CallListener listener);
    }

    /**
     * Returns transports whose calls return another response.
     *
     * @param decoration returns the response of a call, in the thread that executes it
     */
    public static DecoratedTransportFactory ofResponses(HttpTransportFactory factory, UnaryOperator<TransportResponse> decoration) {
        return new DecoratedTransportFactory(factory, (transport, request, listener) -> {
            TransportCall call = transport.newCall(request, listener);
            return new TransportCall() {
                @Override
                public TransportResponse execute() {
                    return decoration.apply(call.execute());
                }

                @Override
                public void cancel() {
                    call.cancel();
                }
            };
        });
    }

    @Override
    public String name() {
        return factory.name();
    }

    @Override
    public HttpTransport create(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        return new DecoratedTransport(factory.create(endpoint, settings, listener), calls);
    }

    private record DecoratedTransport(HttpTransport transport, Calls calls) implements HttpTransport {

        @Override
        public TransportCall newCall(TransportRequest request, CallListener listener) {
            return calls.make(transport, request, listener);
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
    }
}
