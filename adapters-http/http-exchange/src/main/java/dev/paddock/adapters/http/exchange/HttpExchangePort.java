package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.adapters.http.pool.PhaseTimeout;
import dev.paddock.adapters.http.pool.TransportLease;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The exchange port over HTTP: one attempt of one request to one model server.
 *
 * <p>It does not retry. It does not close the lease, which belongs to the caller. Thread-safe.
 */
public final class HttpExchangePort implements ExchangePort {

    private final TransportLease lease;
    private final BaseUrl baseUrl;
    private final BackendId backend;
    private final ExchangeSettings settings;
    private final Ticker ticker;

    /**
     * Creates the port to one server.
     *
     * @param lease a share in the connections to the endpoint of the base URL
     * @param baseUrl the server
     * @param settings what every request carries
     * @param ticker what elapsed time is measured with
     * @throws IllegalArgumentException if the lease is for another endpoint than the base URL
     */
    public HttpExchangePort(TransportLease lease, BaseUrl baseUrl, ExchangeSettings settings, Ticker ticker) {
        this(lease, baseUrl, BackendId.of(baseUrl), settings, ticker);
    }

    /**
     * Creates the port to one of several servers. The parameters are those of the other constructor, and the name of the server.
     *
     * @throws IllegalArgumentException if the lease is for another endpoint than the base URL
     */
    public HttpExchangePort(
            TransportLease lease, BaseUrl baseUrl, BackendId backend, ExchangeSettings settings, Ticker ticker) {
        this.lease = requireNonNull(lease, "lease");
        this.baseUrl = requireNonNull(baseUrl, "baseUrl");
        this.backend = requireNonNull(backend, "backend");
        this.settings = requireNonNull(settings, "settings");
        this.ticker = requireNonNull(ticker, "ticker");
        if (!lease.endpoint().equals(baseUrl.endpoint())) {
            throw new IllegalArgumentException("the lease is for " + lease.endpoint() + ", not for " + baseUrl);
        }
    }

    @Override
    public Exchange open(ExchangeRequest request, CallContext context) {
        CancellableCall call = prepare(request, context);
        return answer(request, call, call::execute);
    }

    @Override
    public void begin(ExchangeRequest request, CallContext context, Consumer<? super Settled<Exchange>> end) {
        Settled.begin(end, () -> {
            CancellableCall call = prepare(request, context);
            call.begin(response -> end.accept(Settled.by(() -> answer(request, call, response::get))));
        });
    }

    /** Prepares a call that is cancelled with its context. */
    private CancellableCall prepare(ExchangeRequest request, CallContext context) {
        PhaseLimits limits = settings.limits().of(request.operation(), context.get(CallAttributes.PHASE_TIMEOUTS));
        TransportRequest sent = transportRequest(request, context);
        PhaseTimeout timeout = lease.newTimeout(limits, context.deadline());
        FailureTranslator translator = new FailureTranslator(baseUrl, backend, lease, timeout, ticker);
        TransportCall call;
        try {
            call = lease.newCall(sent, timeout);
        } catch (TransportException failure) {
            throw translator.translate(failure);
        }
        CancellableCall cancellable = new CancellableCall(call, timeout, translator);
        cancellable.cancelOn(context.cancellation());
        return cancellable;
    }

    /** Returns the answer of a call, or ends the call. */
    private Exchange answer(ExchangeRequest request, CancellableCall call, Supplier<TransportResponse> execution) {
        try {
            return exchange(request, call, decode(request, call, execution.get()));
        } catch (RuntimeException | Error failure) {
            call.cancel();
            call.ended();
            throw failure;
        }
    }

    private TransportRequest transportRequest(ExchangeRequest request, CallContext context) {
        TransportRequest sent = new TransportRequest(
                request.method(),
                baseUrl.resolve(request.target()),
                RequestHeaders.of(request, context, settings),
                request.body());
        Executor loop = context.get(CallAttributes.EVENT_LOOP);
        return loop == null ? sent : sent.withEventLoop(loop);
    }

    private static TransportResponse decode(ExchangeRequest request, CancellableCall call, TransportResponse response) {
        try {
            return DecodedResponse.of(request, response);
        } catch (MalformedResponseException unreadable) {
            throw unreadable.withFacts(call.translator().facts().withStatus(response.status()));
        }
    }

    private Exchange exchange(ExchangeRequest request, CancellableCall call, TransportResponse response) {
        FrameSource frames = FrameSource.of(request, response, settings.longestFrame());
        Provenance provenance =
                Provenance.of(backend, 1, response.connection().reused()).withQueuedForConnection(call.timeout().queued());
        ExchangeHead head = new ExchangeHead(response.status(), response.headers(), frames.framing(), provenance);
        return new HttpExchange(call, response, new AnswerReading(request, head, settings.answers()), frames);
    }
}
