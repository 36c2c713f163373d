package dev.paddock.adapters.metrics.opentelemetry;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.telemetry.InferenceReader;
import dev.paddock.domain.telemetry.ModelLabels;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Spans and metrics of calls by the GenAI conventions of OpenTelemetry: one span for each call, and below it one for each attempt, whose context
 * is sent to the server.
 *
 * <p>The span of a call has events for its admission and its first frame; the span of an attempt has events for its connection and its first
 * frame. Answers from a cache, and answers that belong to the call of another caller, have a span of their own kind and count in no metric:
 * nothing was inferred for them. Neither spans nor metrics have content, names of callers or messages of errors. Thread-safe.
 */
public final class CallTelemetry {

    private final Tracer tracer;
    private final GenAiMetrics metrics;
    private final TraceContext traceContext;
    private final InferenceReader reader;
    private final Function<BackendId, @Nullable BaseUrl> servers;
    private static final int MOST_MODELS = 100;

    private final ModelLabels models = new ModelLabels(MOST_MODELS);
    private final InstantSource clock;
    private final Ticker ticker;

    /**
     * Creates the telemetry.
     *
     * @param openTelemetry receives spans and metrics; its propagators carry the context of a trace
     * @param reader reads settings and counts
     * @param servers returns the base URL of a server, or null when it is not known
     * @param conventions the generation of the metrics
     */
    public CallTelemetry(
            OpenTelemetry openTelemetry,
            InferenceReader reader,
            Function<BackendId, @Nullable BaseUrl> servers,
            GenAiConventions conventions) {
        this(openTelemetry, reader, servers, conventions, InstantSource.system(), System::nanoTime);
    }

    CallTelemetry(
            OpenTelemetry openTelemetry,
            InferenceReader reader,
            Function<BackendId, @Nullable BaseUrl> servers,
            GenAiConventions conventions,
            InstantSource clock,
            Ticker ticker) {
        this.tracer = openTelemetry.getTracer(OpenTelemetryMetrics.SCOPE);
        this.metrics = GenAiMetrics.of(openTelemetry.getMeter(OpenTelemetryMetrics.SCOPE), requireNonNull(conventions, "conventions"));
        this.traceContext = new TraceContext(openTelemetry.getPropagators().getTextMapPropagator());
        this.reader = requireNonNull(reader, "reader");
        this.servers = requireNonNull(servers, "servers");
        this.clock = clock;
        this.ticker = ticker;
    }

    /** Returns the decorators of a client, for the outermost and the innermost stage and for the one behind all reuse of answers. */
    public List<ExchangeDecorator> decorators() {
        return List.of(
                ExchangeDecorator.of(Stage.MEASURE, delegate -> new TracedCallPort(delegate, this)),
                ExchangeDecorator.of(Stage.BATCH, delegate -> (request, context) -> {
                    for (CallContext call : Objects.requireNonNullElse(context.get(CallAttributes.SERVED_CALLS), List.of(context))) {
                        CallTrace trace = call.get(CallTrace.KEY);
                        if (trace != null) {
                            trace.sent(request.operation());
                        }
                    }
                    return delegate.open(request, context);
                }),
                ExchangeDecorator.of(Stage.ATTEMPT, delegate -> new TracedAttemptPort(delegate, this)));
    }

    Tracer tracer() {
        return tracer;
    }

    GenAiMetrics metrics() {
        return metrics;
    }

    TraceContext traceContext() {
        return traceContext;
    }

    InferenceReader reader() {
        return reader;
    }

    ModelLabels models() {
        return models;
    }

    CallClock startClock() {
        return CallClock.startNow(clock, ticker);
    }

    @Nullable BaseUrl server(BackendId backend) {
        try {
            return servers.apply(backend);
        } catch (RuntimeException unknown) {
            return null; // an address that is not found must not fail a call
        }
    }

    @Nullable Endpoint serverOf(@Nullable ExchangeHead head) {
        BaseUrl server = head == null ? null : server(head.provenance().backend());
        return server == null ? null : server.endpoint();
    }
}
