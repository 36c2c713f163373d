package dev.paddock.bootstrap.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.metrics.opentelemetry.otlp.OtlpSettings;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.ConnectionSettings;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.pool.PoolProfile;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a gateway. Immutable; the text form contains no secrets.
 *
 * @param client the settings of the client for the model server
 * @param gateway the settings of the server and its access control
 * @param otlp where traces and metrics are sent, or null for nowhere
 * @param query how questions about documents are answered, if there are documents
 */
public record GatewayConfiguration(PaddockSettings client, GatewaySettings gateway, @Nullable OtlpSettings otlp, QuerySettings query) {

    /** The transport of a gateway whose settings name none. Its event loops are of the kind of the server's. */
    static final String TRANSPORT = "netty";

    public GatewayConfiguration {
        requireNonNull(client, "client");
        requireNonNull(gateway, "gateway");
        requireNonNull(query, "query");
    }

    /**
     * Reads the settings of a gateway and of its client. The pool profile is {@code load-balancer} unless one is set: many clients
     * share the connections, so a call waits for one as it would wait at the server. The transport is {@code netty} unless one is set: over
     * it a request and its answer stay on the event loop of their client.
     *
     * @throws ConfigurationException with every problem of both, as {@link ConfigurationLoader#load()} does
     */
    public static GatewayConfiguration load(ConfigurationLoader loader) {
        return loader.load(
                PoolProfile.LOAD_BALANCER,
                (client, reader) -> new GatewayConfiguration(
                        withTransport(client),
                        new GatewayAssembly(reader).assemble(client.connections().isNative()),
                        new OtlpAssembly(reader).assemble(),
                        new QueryAssembly(reader).assemble()));
    }

    private static PaddockSettings withTransport(PaddockSettings client) {
        ConnectionSettings connections = client.connections();
        return connections.transport() == null ? client.withConnections(connections.withTransport(TRANSPORT)) : client;
    }
}
