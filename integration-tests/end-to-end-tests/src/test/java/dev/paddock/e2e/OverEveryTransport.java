package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.Transports;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that hold over every transport that comes with Paddock. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"apache5", "jdk", "okhttp", "netty"})
abstract class OverEveryTransport {

    @Parameter
    String transport = "";

    /** Starts a client of a server. */
    Paddock start(String baseUrl) {
        return start(baseUrl, Map.of());
    }

    /** Starts a client of a server with some environment variables. */
    Paddock start(String baseUrl, Map<String, String> environment) {
        return Clients.start(baseUrl, environment, Map.of("paddock.transport", transport));
    }

    /** Opens a pool for clients that are put together by plain constructors. */
    TransportPoolManager manager() {
        return new TransportPoolManager(Transports.named(transport), PoolListener.none(), System::nanoTime);
    }

    /** A number that a transport may not know is right or absent. */
    static void assertKnown(@Nullable Number number, long expected) {
        if (number != null) {
            assertThat(number.longValue()).isEqualTo(expected);
        }
    }
}
