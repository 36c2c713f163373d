package dev.paddock.adapters.http.gateway.relay;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.reuse.AnswerCachePort;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Relays requests upstream and the responses downstream. Method, target and bodies stay as they are, byte for byte. Each frame of a
 * response is sent immediately, and the next one is requested when the client has room for it (backpressure). Only an answer that was
 * streamed although the client asked for a whole one is assembled first.
 *
 * <p>Nothing is sent to the client before the first frame of the response is known. An earlier failure is answered with its own status;
 * a later failure is reported inside the response where the API allows it, and the response is never ended as if it were complete.
 * Thread-safe.
 */
public final class Relay {

    /** Longer bodies would delay the other connections of the thread that reads them. */
    private static final int SHORT = 16 * 1024;

    private final ExchangePort port;
    private final @Nullable AnswerCachePort answers;
    private final ForwardedHeaders headers;
    private final RandomGenerator random;

    /**
     * Creates a relay.
     *
     * @param port sends the requests
     * @param answers the stored answers behind the port, or null when there are none
     * @param pseudonym the name of this gateway in {@code Via}: a token that no other gateway has
     * @param random lengthens the recommended waits; thread-safe
     */
    public Relay(ExchangePort port, @Nullable AnswerCachePort answers, String pseudonym, RandomGenerator random) {
        this.port = requireNonNull(port, "port");
        this.answers = answers;
        this.headers = new ForwardedHeaders(requireNonNull(pseudonym, "pseudonym"));
        this.random = requireNonNull(random, "random");
    }

    /** Returns whether a request has passed this relay before, so that it would circulate forever. */
    public boolean isLoop(RequestHead head) {
        return headers.isLoop(head.headers());
    }

    /**
     * Relays a request. Returns before the response has ended, unless the calling thread may wait and has to. Failures are reported to the
     * client, not thrown.
     */
    public void relay(RelayedRequest relayed, Responder responder, RelayEnd end) {
        RelayedWish wish = RelayedWish.of(relayed);
        begin(relayed, wish, () -> upstream(relayed, wish), relayed.context(), responder, end);
    }

    /** Relays a request that was prepared. If it is answered at once, its response has ended when this returns. */
    public void relay(PreparedRelay prepared, Responder responder, RelayEnd end) {
        begin(prepared.relayed(), prepared.wish(), prepared::request, prepared.call().context(), responder, end);
    }

    private void begin(
            RelayedRequest relayed,
            RelayedWish wish,
            Supplier<ExchangeRequest> request,
            CallContext context,
            Responder responder,
            RelayEnd end) {
        ResponseRelay response = new ResponseRelay(relayed, wish.isDocument(), responder, random);
        Consumer<Settled<Exchange>> opened = exchange -> response.relay(exchange, wish.model(), end);
        CallContext onLoop = context.with(CallAttributes.EVENT_LOOP, responder.eventLoop());
        Settled.begin(opened, () -> port.begin(request.get(), onLoop, opened));
    }

    /** Returns whether a request is short enough to be read on the thread of a connection. */
    public static boolean isShort(ServerRequest request) {
        return request.body().isInMemory() && request.body().length() <= SHORT;
    }

    /** Returns whether there are stored answers, so that requests are worth preparing. */
    public boolean hasAnswers() {
        return answers != null;
    }

    /**
     * Prepares a request, and returns at once. Returns null when that is not worth it: there are no stored answers, or the body is long.
     *
     * @throws LlmException as {@link #relay} would report it to the client
     */
    public @Nullable PreparedRelay prepare(RelayedRequest relayed) {
        OperationClass operation = relayed.endpoint().operation().operationClass();
        if (answers == null || !operation.runsModel() || !isShort(relayed.request())) {
            return null;
        }
        RelayedWish wish = RelayedWish.of(relayed);
        ExchangeRequest request = upstream(relayed, wish);
        return new PreparedRelay(relayed, wish, request, answers.prepare(request, relayed.context()));
    }

    private ExchangeRequest upstream(RelayedRequest relayed, RelayedWish wish) {
        RequestHead head = relayed.request().head();
        Headers forwarded = headers.upstream(head.headers(), relayed.id());
        ExchangeRequest request = ExchangeRequest.create(
                        relayed.endpoint().operation(), head.method(), head.target(), relayed.request().body())
                .withHeaders(forwarded)
                .withoutDefaultHeaders();
        ExchangeRequest forModel = wish.model() == null ? request : request.withModel(wish.model());
        return wish.isStream() ? forModel.asStream() : forModel;
    }
}
