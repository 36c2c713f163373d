package dev.paddock.bootstrap.gateway;

import dev.paddock.adapters.http.wire.telemetry.JsonInferenceReader;
import dev.paddock.adapters.metrics.opentelemetry.otlp.OtlpExport;
import dev.paddock.adapters.metrics.opentelemetry.otlp.OtlpSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.PaddockBuilder;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.ports.routing.BackendsPort;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What becomes known of a gateway by OTLP. Thread-safe. */
interface GatewayTelemetry extends AutoCloseable {

    /** Returns the export, or one that does nothing and loads no class of it. */
    static GatewayTelemetry of(@Nullable OtlpSettings settings) {
        return settings == null ? new Off() : new Exported(settings);
    }

    /** Builds the client, observed by this. */
    Paddock build(PaddockBuilder builder);

    /** The servers of the client have been replaced. */
    void serversChanged();

    /** The client is going to be closed. */
    void clientCloses();

    @Override
    void close();

    /** No export. */
    record Off() implements GatewayTelemetry {

        @Override
        public Paddock build(PaddockBuilder builder) {
            return builder.build();
        }

        @Override
        public void serversChanged() {}

        @Override
        public void clientCloses() {}

        @Override
        public void close() {}
    }

    /** The export to a collector. */
    final class Exported implements GatewayTelemetry {

        private final OtlpExport export;
        private final AtomicReference<@Nullable BackendsPort> backends = new AtomicReference<>();
        private volatile Map<BackendId, BaseUrl> servers = Map.of();

        Exported(OtlpSettings settings) {
            this.export = OtlpExport.start(settings, new JsonInferenceReader(), id -> servers.get(id));
        }

        @Override
        public Paddock build(PaddockBuilder builder) {
            builder.alsoMetrics(export.metrics());
            export.decorators().forEach(builder::decorator);
            Paddock client = builder.build();
            export.show(client.pool());
            backends.set(PaddockGateway.backends(client));
            serversChanged();
            return client;
        }

        @Override
        public void serversChanged() {
            BackendsPort present = backends.get();
            if (present != null) {
                Map<BackendId, BaseUrl> known = new HashMap<>(servers); // calls at removed servers may not have ended
                present.backends().forEach(status -> known.put(status.backend().id(), status.backend().baseUrl()));
                servers = Map.copyOf(known);
            }
        }

        @Override
        public void clientCloses() {
            export.closeMetrics();
        }

        @Override
        public void close() {
            export.close();
        }
    }
}
