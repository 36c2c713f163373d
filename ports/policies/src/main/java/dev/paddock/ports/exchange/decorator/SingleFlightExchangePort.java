package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeOutcome;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.ForwardingExchange;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.PhaseTimeouts;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.AnswerShape;
import dev.paddock.domain.reuse.ClassifiedRequest;
import dev.paddock.domain.reuse.ModelChange;
import dev.paddock.domain.reuse.RequestFingerprint;
import dev.paddock.domain.reuse.RequestReuse.Reusable;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.ReuseKind;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal requests that are in progress share one call (single-flight), streams included. The shared call belongs to none of its
 * callers: each may leave, fall behind or run out of time without an effect on the others. It has no deadline of its own; it ends with its
 * last caller.
 *
 * <p>When a shared call fails before its first frame, the caller that started it gets the failure, and one of the others makes the next
 * call. That happens only for failures that may pass, and at most twice for the same caller. A failure after the first frame, and one that
 * the request itself causes, is that of all.
 *
 * <p>A request that changes models ends the joining of all answers in progress. Thread-safe.
 */
public final class SingleFlightExchangePort implements ExchangePort, AutoCloseable {

    /** How many failures of others a caller waits through. */
    private static final int MOST_FLIGHTS_OF_A_CALLER = 3;

    private final ExchangePort delegate;
    private final ReuseClassifier classifier;
    private final SingleFlightSettings settings;
    private final MetricsPort metrics;
    private final ConcurrentMap<FlightKey, Flight> joinable = new ConcurrentHashMap<>();
    private final Set<Flight> flights = ConcurrentHashMap.newKeySet(); // that have not ended
    private volatile boolean closed;

    /** Creates the decorator of the given port. */
    public SingleFlightExchangePort(
            ExchangePort delegate, ReuseClassifier classifier, SingleFlightSettings settings, MetricsPort metrics) {
        this.delegate = requireNonNull(delegate, "delegate");
        this.classifier = requireNonNull(classifier, "classifier");
        this.settings = requireNonNull(settings, "settings");
        this.metrics = requireNonNull(metrics, "metrics");
        metrics.adjust(ReuseMetrics.BYTES_HELD.with(), 0);
        for (Operation operation : List.of(Operation.CHAT, Operation.GENERATE, Operation.EMBED)) {
            metrics.count(ReuseMetrics.JOINED.with(operation.label()), 0);
            metrics.count(ReuseMetrics.LEADER_FAILED.with(operation.label()), 0);
            metrics.count(ReuseMetrics.READERS_LOST.with(operation.label()), 0);
        }
    }

    /** Returns the decorator for {@link Stage#SINGLE_FLIGHT}. */
    public static ExchangeDecorator decorator(ReuseClassifier classifier, SingleFlightSettings settings, MetricsPort metrics) {
        return ExchangeDecorator.of(
                Stage.SINGLE_FLIGHT, delegate -> new SingleFlightExchangePort(delegate, classifier, settings, metrics));
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        if (ModelChange.isPossible(request)) {
            return openChange(request, context);
        }
        Reusable shared = sharedBy(request, context);
        return shared == null
                ? delegate.open(request, context)
                : share(request, context, FlightKey.of(shared, settings.tenancy().tenantOf(context), context));
    }

    /** A request that is shared waits in a thread, and is examined only once. */
    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        if (ModelChange.isPossible(request)) {
            ExchangePort.super.begin(request, context, end);
            return;
        }
        Reusable shared = sharedBy(request, context);
        if (shared == null) {
            delegate.begin(request, context, end);
        } else {
            ExchangePort.super.begin(request, new ClassifiedRequest(request, shared).in(context), end);
        }
    }

    /** Returns what is known of a request that may share a call, or null when it makes one of its own. */
    private @Nullable Reusable sharedBy(ExchangeRequest request, CallContext context) {
        CacheControl control = context.get(CallAttributes.CACHE_CONTROL);
        if (control != null && (control.noStore() || control.noCache())) {
            return null;
        }
        return ClassifiedRequest.of(request, context, classifier) instanceof Reusable reusable
                        && (reusable.kind() != ReuseKind.SAMPLED || settings.sampledToo())
                ? reusable
                : null;
    }

    /** Ends every call that is shared; its callers get a {@link ClientClosedException}. */
    @Override
    public void close() {
        closed = true;
        flights.forEach(flight -> flight.end(new ClientClosedException("the client was closed", ErrorFacts.NONE)));
    }

    private Exchange share(ExchangeRequest request, CallContext context, FlightKey key) {
        for (int count = 1; ; count++) {
            FlightReader reader = join(request, context, key);
            boolean isLast = !reader.isFollower() || count == MOST_FLIGHTS_OF_A_CALLER;
            if (reader.awaitStart(isLast)) {
                return reader;
            }
        }
    }

    private FlightReader join(ExchangeRequest request, CallContext context, FlightKey key) {
        while (true) {
            Flight present = joinable.get(key);
            FlightReader joined = present == null ? null : present.join(context);
            if (joined != null) {
                metrics.count(ReuseMetrics.JOINED.with(request.operation().label()), 1);
                joined.watchCancellation();
                return joined;
            }
            Flight flight = new Flight(request, context, settings, metrics, ended -> remove(key, ended));
            FlightReader leader = flight.lead(context);
            boolean isFirst =
                    present == null ? joinable.putIfAbsent(key, flight) == null : joinable.replace(key, present, flight);
            if (isFirst) {
                launch(flight);
                leader.watchCancellation();
                return leader;
            }
        }
    }

    private void launch(Flight flight) {
        flights.add(flight);
        if (closed) {
            flight.end(new ClientClosedException("the client was closed", ErrorFacts.NONE));
        }
        Thread.ofVirtual().name("paddock-single-flight").start(() -> flight.run(delegate));
    }

    private void remove(FlightKey key, Flight ended) {
        joinable.remove(key, ended);
        flights.remove(ended);
    }

    /** Passes a request that may change models. An answer that began before its end may be that of the model as it was. */
    private Exchange openChange(ExchangeRequest request, CallContext context) {
        try {
            return new ForwardingExchange(delegate.open(request, context)) {
                @Override
                protected void ended(ExchangeOutcome outcome) {
                    joinable.clear();
                }
            };
        } catch (RuntimeException | Error failure) {
            joinable.clear();
            throw failure;
        }
    }

    /** What must be equal for two calls to share one; calls of different urgency wait in different places, and for different times. */
    private record FlightKey(
            String tenant,
            CallAttributes.@Nullable Priority priority,
            @Nullable PhaseTimeouts timeouts,
            RequestFingerprint fingerprint,
            AnswerShape shape) {

        static FlightKey of(Reusable reusable, String tenant, CallContext context) {
            return new FlightKey(
                    tenant,
                    context.get(CallAttributes.PRIORITY),
                    context.get(CallAttributes.PHASE_TIMEOUTS),
                    reusable.fingerprint(),
                    reusable.shape());
        }
    }
}
