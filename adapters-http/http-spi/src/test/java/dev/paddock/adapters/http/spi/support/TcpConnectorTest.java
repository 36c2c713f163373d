package dev.paddock.adapters.http.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.pool.CloseReason;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpConnectorTest {

    private final List<String> events = new ArrayList<>();

    @Test
    void connectWith_callEndsLater_leavesTheConnectionToItsOwner() {
        AbstractTransportCall call = new ConnectingCall() {
            @Override
            protected AbstractTransportResponse send() throws IOException {
                new TcpConnector(this).connectWith((address, limit, opening) -> {
                    opening.closeWith(() -> events.add("closed by the connector"));
                    return "open";
                });
                cancel();
                throw new SocketException("The call was ended");
            }
        };

        assertThatExceptionOfType(TransportException.class).isThrownBy(call::execute);
        assertThat(events).containsOnly("closed by the owner");
    }

    @Test
    void connectWith_callEndsMeanwhile_closesTheConnection() {
        AbstractTransportCall call = new ConnectingCall() {
            @Override
            protected AbstractTransportResponse send() throws IOException {
                String unused = new TcpConnector(this).connectWith((address, limit, opening) -> {
                    opening.closeWith(() -> events.add("closed by the connector"));
                    cancel();
                    throw new SocketException("Socket closed");
                });
                throw new AssertionError("nothing was opened");
            }
        };

        assertThatExceptionOfType(TransportException.class).isThrownBy(call::execute);
        assertThat(events).contains("closed by the connector");
    }

    /** Nothing is opened here. */
    private static final class NoListener implements ConnectionListener {

        @Override
        public void opened(Duration connectTime) {}

        @Override
        public void leased(boolean reused) {}

        @Override
        public void closed(CloseReason reason) {}
    }

    private abstract class ConnectingCall extends AbstractTransportCall {

        ConnectingCall() {
            super(
                    new TransportState(new Endpoint(false, "127.0.0.1", 1), TransportSettings.DEFAULT, new NoListener()),
                    new TransportRequest("GET", "/", Headers.EMPTY, new byte[0]),
                    CallListener.none());
        }

        @Override
        protected void abort() {
            events.add("closed by the owner");
        }

        @Override
        protected TransportFailure classify(Throwable cause) {
            return TransportFailure.CANCELLED;
        }
    }
}
