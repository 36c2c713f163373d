package dev.paddock.adapters.metrics.opentelemetry.otlp;

import dev.paddock.adapters.metrics.opentelemetry.CallTelemetry;
import dev.paddock.adapters.metrics.opentelemetry.OpenTelemetryMetrics;
import dev.paddock.adapters.metrics.opentelemetry.PoolInstruments;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.telemetry.InferenceReader;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans and metrics to a collector by OTLP over HTTP, in the background: a collector that does not answer costs spans and no call.
 * Thread-safe.
 */
public final class OtlpExport implements AutoCloseable {

    private static final long LAST_EXPORT_SECONDS = 5;

    private final AtomicBoolean areMetricsClosed = new AtomicBoolean();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final OpenTelemetrySdk sdk;
    private final OpenTelemetryMetrics metrics;
    private final CallTelemetry calls;

    private OtlpExport(OpenTelemetrySdk sdk, CallTelemetry calls) {
        this.sdk = sdk;
        this.metrics = new OpenTelemetryMetrics(sdk);
        this.calls = calls;
    }

    /**
     * Starts the export.
     *
     * @param reader reads settings and counts of requests and answers
     * @param servers returns the base URL of a server, or null when it is not known
     */
    public static OtlpExport start(OtlpSettings settings, InferenceReader reader, Function<BackendId, @Nullable BaseUrl> servers) {
        Resource resource = Resource.getDefault().merge(Resource.create(Attributes.of(
                AttributeKey.stringKey("service.name"), settings.service(),
                AttributeKey.stringKey("service.instance.id"), UUID.randomUUID().toString())));
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampled())))
                        .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                        .setEndpoint(settings.url("traces"))
                                        .setHeaders(settings::headers)
                                        .setTimeout(settings.timeout())
                                        .setCompression("gzip")
                                        .build())
                                .build())
                        .build())
                .setMeterProvider(SdkMeterProvider.builder()
                        .setResource(resource)
                        .registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                                        .setEndpoint(settings.url("metrics"))
                                        .setHeaders(settings::headers)
                                        .setTimeout(settings.timeout())
                                        .setCompression("gzip")
                                        .build())
                                .setInterval(settings.interval())
                                .build())
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        return new OtlpExport(sdk, new CallTelemetry(sdk, reader, servers, settings.conventions()));
    }

    /** Returns the port whose measurements are sent. */
    public MetricsPort metrics() {
        return metrics;
    }

    /** Returns the decorators that make the spans of a client. */
    public List<ExchangeDecorator> decorators() {
        return calls.decorators();
    }

    /** Sends the figures of a pool, too. */
    public void show(PoolPort pool) {
        PoolInstruments unused = new PoolInstruments(sdk, pool);
    }

    /** Sends the measurements a last time, for at most 5 seconds: before the client is closed from which some of them are read. */
    public void closeMetrics() {
        if (!areMetricsClosed.getAndSet(true)) {
            sdk.getSdkMeterProvider().shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Sends what was not sent yet, for at most 5 seconds, and ends the export. Closing again does nothing. */
    @Override
    public void close() {
        closeMetrics();
        if (!isClosed.getAndSet(true)) {
            sdk.getSdkTracerProvider().shutdown().join(LAST_EXPORT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
