package dev.paddock.e2e.fault;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.tck.server.ScriptedServer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A group of tests that are executed over every transport. The system property {@code faults.transports} names
 * the transports, separated by commas.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("transports")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
abstract class OverTransports {

    @Parameter
    String transport;

    static Stream<String> transports() {
        return Stream.of(System.getProperty("faults.transports", "apache5").split(","));
    }

    /** Starts a client of a server with some settings besides the usual ones. */
    Paddock client(ScriptedServer server, Map<String, String> settings) {
        Fault.Client client = Fault.Client.USUAL;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            client = client.with(setting.getKey(), setting.getValue());
        }
        return FaultClients.start(server.port(), transport, client);
    }

    /** Closes a client, or a stream, as a part of what is tested. */
    static void leave(Paddock paddock) {
        paddock.close();
    }

    static void leave(ResponseStream<?> stream) {
        stream.close();
    }

    static EndpointPool.Usage usage(Paddock paddock) {
        return paddock.pool().pools().getFirst().usage();
    }
}
