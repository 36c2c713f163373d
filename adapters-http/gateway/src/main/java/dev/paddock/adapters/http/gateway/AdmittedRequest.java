package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessControl;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoint;
import dev.paddock.adapters.http.gateway.relay.PreparedRelay;
import dev.paddock.adapters.http.gateway.relay.Relay;
import dev.paddock.adapters.http.gateway.relay.RelayedRequest;
import dev.paddock.adapters.http.gateway.relay.RequestPriority;
import dev.paddock.adapters.http.server.AcceptedRequest;
import dev.paddock.adapters.http.server.BodyStorage;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import org.jspecify.annotations.Nullable;

/**
 * A request that the guard has admitted, with everything that is known from its head, so that nothing is looked up twice.
 *
 * @param head the head
 * @param api the endpoint of the model server's API
 * @param own the endpoint of the gateway that answers it, or null when it is relayed
 * @param id its id
 * @param decision what access control knows of its caller
 * @param responseHeaders the headers of every response to it
 * @param handler answers it
 * @param prepared what is known from its body, or null when that was not read beforehand
 */
record AdmittedRequest(
        RequestHead head,
        ApiEndpoint api,
        @Nullable GatewayEndpoint own,
        String id,
        AccessControl.Decision decision,
        Headers responseHeaders,
        GatewayRequestHandler handler,
        @Nullable PreparedRelay prepared)
        implements AcceptedRequest {

    /** Returns the caller for tenants and for the memory for bodies. */
    @Override
    public String caller() {
        return decision.caller();
    }

    /** Returns the name or index of the key of the caller, or null when it has none. */
    @Nullable String key() {
        return decision.key() == null ? null : decision.caller();
    }

    /** Returns the operation for the access log. */
    String operation() {
        return own == null ? api.operation().label() : "gateway";
    }

    /** Returns the request for the access log when it is answered from its head: always with the operation of the API. */
    AccessRecord.Request logged() {
        return logged(api.operation().label(), null);
    }

    /** Returns the request for the access log with the given operation and model. */
    AccessRecord.Request logged(String operation, @Nullable String model) {
        return new AccessRecord.Request(id, head.client(), head.method(), head.path(), operation, model, key());
    }

    /** Returns nowhere for those of the gateway's own endpoints that use no body; a model file is too large for memory. */
    @Override
    public BodyStorage bodyStorage() {
        if (own != null) {
            return own.readsBody() ? BodyStorage.MEMORY : BodyStorage.NONE;
        }
        return api.operation() == Operation.TRANSFER_BLOB ? BodyStorage.FILE : BodyStorage.MEMORY;
    }

    /** Returns whether the request is not one for figures of the gateway: they are of no use when it has stopped. */
    @Override
    public boolean delaysDrain() {
        return own == null || !own.isMonitoring();
    }

    @Override
    public AcceptedRequest prepared(ServerRequest request) {
        PreparedRelay relay = isBegunAtOnce(request) ? handler.prepare(this, request) : null;
        return relay == null ? this : new AdmittedRequest(head, api, null, id, decision, responseHeaders, handler, relay);
    }

    @Override
    public boolean isAnsweredAtOnce() {
        return prepared != null && prepared.isAnsweredAtOnce();
    }

    @Override
    public boolean isBegunAtOnce(ServerRequest request) {
        return own == null && decision.uncounted() == null && Relay.isShort(request); // counting may wait for a store
    }

    @Override
    public void answer(ServerRequest request, Responder responder) {
        handler.answer(this, request, responder);
    }

    @Override
    public ServerResponse renderRefusal(int status, String reason) {
        return handler.refuse(this, status, reason);
    }

    RelayedRequest toRelay(ServerRequest request) {
        AccessKey key = decision.key();
        Priority ofCaller = key == null ? Priority.INTERACTIVE : key.priority();
        return new RelayedRequest(
                request,
                api,
                id,
                caller(),
                key == null ? null : key.tenant(),
                RequestPriority.of(head.headers(), ofCaller),
                key == null ? 1 : key.weight());
    }
}
