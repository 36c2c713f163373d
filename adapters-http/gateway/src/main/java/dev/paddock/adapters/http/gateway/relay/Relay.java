package dev.paddock.adapters.http.gateway.relay;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.ports.exchange.ExchangePort;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests on and their answers back. Method, target and bodies stay as they are, byte for byte; every frame of an answer is
 * sent as it comes, and the next one is asked for when the client has room for it.
 *
 * <p>Nothing is sent to the client before the first frame of the answer is known. What fails before that is answered with a status
 * that tells what it was; what fails afterwards is told in the middle of the answer as far as the protocol can, and the answer is
 * never ended as if it were whole. Thread-safe.
 */
public final class Relay {

    private final ExchangePort port;
    private final RequestHeaderFilter heads;
    private final RandomGenerator random;

    /**
     * Creates a relay.
     *
     * @param port where requests go
     * @param pseudonym the name by which requests show in {@code Via} that they have passed: a token that no other gateway has
     * @param random lengthens the waits that are recommended; thread-safe
     */
    public Relay(ExchangePort port, String pseudonym, RandomGenerator random) {
        this.port = requireNonNull(port, "port");
        this.heads = new RequestHeaderFilter(requireNonNull(pseudonym, "pseudonym"));
        this.random = requireNonNull(random, "random");
    }

    /** Tells whether a request has passed this relay before, so that it would go round for ever. */
    public boolean isLoop(RequestHead head) {
        return heads.isLoop(head.headers());
    }

    /**
     * Relays a request, and returns when its answer has ended in one way or another. What fails is told to the client, not thrown.
     */
    public RelayReport relay(RelayedRequest relayed, Responder responder) {
        ServerRequest request = relayed.request();
        String model = relayed.endpoint().operation() == Operation.TRANSFER_BLOB ? null : ModelField.of(request.body().bytes());
        return new ResponseRelay(relayed, responder, random).run(
                model, () -> port.open(outbound(relayed, model), CallContext.create().withCancellation(request.cancellation())));
    }

    private ExchangeRequest outbound(RelayedRequest relayed, @Nullable String model) {
        RequestHead head = relayed.request().head();
        Headers headers = heads.forward(head.headers(), relayed.id());
        ExchangeRequest request = ExchangeRequest.create(
                        relayed.endpoint().operation(), head.method(), head.target(), relayed.request().body())
                .withHeaders(headers)
                .withoutDefaultHeaders();
        return model == null ? request : request.withModel(model);
    }
}
