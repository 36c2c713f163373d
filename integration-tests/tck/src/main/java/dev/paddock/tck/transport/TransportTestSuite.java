package dev.paddock.tck.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The base of the suites, one for each theme. A transport extends each suite; {@link TransportUnderTest} shows how. The suites need
 * the loopback interface only.
 */
@ExtendWith(LevelExtension.class)
public abstract class TransportTestSuite implements TransportUnderTest {

    /** All suites of this package. */
    public static final List<Class<? extends TransportTestSuite>> ALL = List.of(
            BodyTestSuite.class,
            BrokenResponseTestSuite.class,
            CancellationTestSuite.class,
            ConnectTestSuite.class,
            ConnectionReuseTestSuite.class,
            ForwardTestSuite.class,
            IncrementalDeliveryTestSuite.class,
            LifecycleTestSuite.class,
            LifetimeTestSuite.class,
            MalformedResponseTestSuite.class,
            PoolTestSuite.class,
            ProxyTestSuite.class,
            RequestFidelityTestSuite.class,
            TimeoutTestSuite.class,
            TlsProviderTestSuite.class,
            TlsTestSuite.class,
            UnaskedBytesTestSuite.class);

    /** Returns the factory that the cases use: the one of the transport, with what the kit adds to it. */
    final HttpTransportFactory transports() {
        return DelayedResponses.delayIfAsked(factory());
    }

    /** Starts a server with the given script, and a transport to it with long time limits. */
    final TransportFixture start(ConnectionScript script) {
        return TransportFixture.start(transports(), script);
    }

    /** Starts a server with the given script, and a transport to it with the given settings. */
    final TransportFixture start(TransportSettings settings, ConnectionScript script) {
        return TransportFixture.start(transports(), settings, script);
    }

    /** Starts a server with the given script that speaks TLS, and a transport to it that trusts it. */
    final TransportFixture startSecure(ConnectionScript script) {
        return TransportFixture.startSecure(transports(), script);
    }

    /** Starts a transport that speaks TLS to a server that need not. */
    final TransportFixture startSecure(ScriptedServer server) {
        return TransportFixture.startSecure(transports(), server);
    }

    /** Returns whether the transport declares a strict case, as a whole, as unsupported. */
    final boolean declares(String strictCase) {
        return unsupported().reason(strictCase) != null;
    }

    /** Makes the only call to a server with the given script, and returns how it fails; its connection must be discarded. */
    final TransportException failureOfOnlyCall(TransportRequest request, ConnectionScript script) {
        try (TransportFixture fixture = start(script)) {
            TransportException failure = fixture.failureOf(request);
            assertThat(fixture.server().requests()).as("requests that the server saw").hasSize(1);
            fixture.assertOneDiscarded();
            return failure;
        }
    }

    /** Returns the script that answers one request with the given text and closes the connection. */
    static ConnectionScript answering(String response) {
        return connection -> {
            connection.readRequest();
            connection.send(response);
        };
    }
}
