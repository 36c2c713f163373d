package dev.paddock.adapters.http.gateway.relay;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.wire.request.ModelRequestFields;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.ports.exchange.ExchangePort;
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

    private final ExchangePort port;
    private final ForwardedHeaders headers;
    private final RandomGenerator random;

    /**
     * Creates a relay.
     *
     * @param port sends the requests
     * @param pseudonym the name of this gateway in {@code Via}: a token that no other gateway has
     * @param random lengthens the recommended waits; thread-safe
     */
    public Relay(ExchangePort port, String pseudonym, RandomGenerator random) {
        this.port = requireNonNull(port, "port");
        this.headers = new ForwardedHeaders(requireNonNull(pseudonym, "pseudonym"));
        this.random = requireNonNull(random, "random");
    }

    /** Returns whether a request has passed this relay before, so that it would circulate forever. */
    public boolean isLoop(RequestHead head) {
        return headers.isLoop(head.headers());
    }

    /** Relays a request, and returns when its response has ended. Failures are reported to the client, not thrown. */
    public RelayReport relay(RelayedRequest relayed, Responder responder) {
        ApiEndpoint endpoint = relayed.endpoint();
        boolean isUpload = endpoint.operation() == Operation.TRANSFER_BLOB;
        ModelRequestFields fields = isUpload ? ModelRequestFields.NONE : ModelRequestFields.of(relayed.request().body());
        String model = fields.model();
        boolean streamsByDefault = endpoint.protocol() == Protocol.NATIVE;
        boolean stream = fields.asksForStream(streamsByDefault);
        boolean generates = endpoint.operation().operationClass() == OperationClass.GENERATE;
        return new ResponseRelay(relayed, generates && fields.asksForDocument(streamsByDefault), responder, random)
                .run(model, () -> port.open(upstream(relayed, model, stream), relayed.context().with(CallAttributes.EVENT_LOOP, responder.eventLoop())));
    }

    private ExchangeRequest upstream(RelayedRequest relayed, @Nullable String model, boolean stream) {
        RequestHead head = relayed.request().head();
        Headers forwarded = headers.upstream(head.headers(), relayed.id());
        ExchangeRequest request = ExchangeRequest.create(
                        relayed.endpoint().operation(), head.method(), head.target(), relayed.request().body())
                .withHeaders(forwarded)
                .withoutDefaultHeaders();
        ExchangeRequest forModel = model == null ? request : request.withModel(model);
        return stream ? forModel.asStream() : forModel;
    }
}
