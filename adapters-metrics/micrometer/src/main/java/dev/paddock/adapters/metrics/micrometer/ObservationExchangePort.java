package dev.paddock.adapters.metrics.micrometer;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.ObservedExchange;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * Observes each call from its start to its outcome with Micrometer's observations, from which applications make timers and spans. The
 * parent is the observation that is current in the calling thread. Where the application traces, the trace context is sent with every
 * attempt, unless the call has a {@linkplain CallAttributes#TRACE_PARENT trace parent} of its own.
 *
 * <p>The name is {@value #NAME}. Key values of low cardinality, by OpenTelemetry's conventions, are {@code gen_ai.operation.name} and
 * {@code error.type} ({@code none} for a success); of high cardinality, for spans only, {@code gen_ai.request.model} and what is known of
 * the answer: {@code paddock.backend}, {@code paddock.source} and {@code paddock.attempts}. The first frame with content of a success is the event {@code
 * gen_ai.first_chunk}. What callers ask and models answer is never part of it. Thread-safe.
 */
public final class ObservationExchangePort implements ExchangePort {

    /** The name of the observations. */
    public static final String NAME = "gen_ai.client.operation";

    private static final String TRACE_PARENT = "traceparent";

    private final ExchangePort delegate;
    private final ObservationRegistry registry;

    /** Creates the decorator of the given port. */
    public ObservationExchangePort(ExchangePort delegate, ObservationRegistry registry) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.registry = requireNonNull(registry, "registry");
    }

    /** Returns the decorator for {@link Stage#MEASURE}. */
    public static ExchangeDecorator decorator(ObservationRegistry registry) {
        return ExchangeDecorator.of(Stage.MEASURE, delegate -> new ObservationExchangePort(delegate, registry));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        CallObservation observation = new CallObservation(start(request, fields));
        return ObservedExchange.open(() -> open(request, context, fields), observation);
    }

    private Observation start(ExchangeRequest request, Map<String, String> fields) {
        SenderContext<Map<String, String>> sender = new SenderContext<>((carrier, name, value) -> fields.put(name, value), Kind.CLIENT);
        sender.setCarrier(fields);
        String operation = name(request.operation());
        String model = request.model();
        Observation observation = Observation.createNotStarted(NAME, () -> sender, registry)
                .contextualName(model == null ? operation : operation + " " + model)
                .lowCardinalityKeyValues(
                        KeyValues.of("gen_ai.operation.name", operation, CallObservation.ERROR, CallObservation.NO_ERROR));
        if (model != null) {
            observation.highCardinalityKeyValue("gen_ai.request.model", model);
        }
        return observation.start();
    }

    private static String name(Operation operation) {
        return switch (operation) {
            case GENERATE -> "text_completion";
            case EMBED -> "embeddings";
            default -> operation.label();
        };
    }

    /** Opens the exchange with the fields that a tracer has set; they are no part of what stored answers are compared by. */
    private Exchange open(ExchangeRequest request, CallContext context, Map<String, String> fields) {
        if (fields.isEmpty() || context.get(CallAttributes.TRACE_PARENT) != null) {
            return delegate.open(request, context);
        }
        String parent = fields.remove(TRACE_PARENT);
        Headers headers = request.headers();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            headers = headers.withDefault(field.getKey(), field.getValue());
        }
        return delegate.open(
                request.withHeaders(headers), parent == null ? context : context.with(CallAttributes.TRACE_PARENT, parent));
    }
}
