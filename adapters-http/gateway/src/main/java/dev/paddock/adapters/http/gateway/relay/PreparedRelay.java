package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.Responder;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.reuse.PreparedCall;

/**
 * A request to be relayed whose body has been read.
 *
 * @param relayed the request
 * @param wish what its body says
 * @param request the request to the model server
 * @param call the call with it
 */
public record PreparedRelay(RelayedRequest relayed, RelayedWish wish, ExchangeRequest request, PreparedCall call) {

    /** Returns whether the answer is in memory, and short enough to be sent without waiting for its client. */
    public boolean isAnsweredAtOnce() {
        return call.isAnswered() && call.length() <= Responder.ROOM;
    }
}
