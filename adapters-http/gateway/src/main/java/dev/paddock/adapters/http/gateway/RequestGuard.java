package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessControl;
import dev.paddock.adapters.http.gateway.accesscontrol.Refusal;
import dev.paddock.adapters.http.gateway.accesscontrol.RefusalReason;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoint;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoints;
import dev.paddock.adapters.http.gateway.relay.ApiError;
import dev.paddock.adapters.http.gateway.relay.Protocol;
import dev.paddock.adapters.http.gateway.relay.Relay;
import dev.paddock.adapters.http.gateway.relay.RequestId;
import dev.paddock.adapters.http.server.RequestDecision;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Admits requests or renders their refusals. It never blocks. Thread-safe. */
final class RequestGuard {

    private static final String PREFLIGHT = "preflight";
    private static final byte[] NO_BODY = {};

    private final AccessControl access;
    private final ApiEndpoints apis = new ApiEndpoints();
    private final Relay relay;
    private final GatewayEndpoints endpoints;
    private final GatewayMeasurements measurements;

    RequestGuard(AccessControl access, Relay relay, GatewayEndpoints endpoints, GatewayMeasurements measurements) {
        this.access = access;
        this.relay = relay;
        this.endpoints = endpoints;
        this.measurements = measurements;
    }

    /** Returns the refusal of a request, or the request as one that the given handler answers. */
    RequestDecision decide(RequestHead head, GatewayRequestHandler handler) {
        String path = head.path();
        ApiEndpoint api = apis.find(head.method(), path);
        GatewayEndpoint own = endpoints.find(head.method(), path);
        AccessControl.Decision decision = access.check(head, accessClass(api, own));
        String id = RequestId.of(head.headers());
        Headers headers = access.responseHeaders(head).with(RequestId.FIELD, id);
        AdmittedRequest request = new AdmittedRequest(head, api, own, id, decision.caller(), headers, handler);
        if (decision.refusal() != null) {
            return refuse(decision.refusal(), request);
        }
        if (access.isPreflight(head)) {
            ServerResponse response = new ServerResponse(204, headers, NO_BODY);
            measurements.preflightAnswered(record(head.client(), id, api.operation().label(), response, PREFLIGHT));
            return response;
        }
        if (relay.isLoop(head)) {
            return refuse(new Refusal(RefusalReason.LOOP, "this request has passed this gateway before"), request);
        }
        return request;
    }

    private static AccessClass accessClass(ApiEndpoint api, @Nullable GatewayEndpoint own) {
        if (own != null) {
            return own.access();
        }
        return api.administrative() ? AccessClass.ADMIN : AccessClass.CLIENT;
    }

    /** Renders the refusal of a request that the server does not accept before the guard has seen it. */
    ServerResponse refuse(int status, String reason, @Nullable String path, String client) {
        String id = RequestId.of(Headers.EMPTY);
        ServerResponse response =
                new ApiError(status, reason, id).toResponse(Protocol.ofPath(path), Headers.of(RequestId.FIELD, id));
        return refused(RefusalReason.ofStatus(status), client, id, "unknown", response);
    }

    /** Renders the refusal of an admitted request while its body arrives, without the headers that the server adds. */
    ServerResponse refuse(AdmittedRequest request, int status, String reason) {
        ServerResponse response =
                new ApiError(status, reason, request.id()).toResponse(request.api().protocol(), Headers.EMPTY);
        RefusalReason why = RefusalReason.ofStatus(status);
        return refused(why, request.head().client(), request.id(), request.api().operation().label(), response);
    }

    private ServerResponse refuse(Refusal refusal, AdmittedRequest request) {
        List<Header> headers = new ArrayList<>(refusal.headers().fields());
        headers.addAll(request.responseHeaders().fields());
        ServerResponse response = new ApiError(refusal.reason().status(), refusal.message(), request.id())
                .toResponse(request.api().protocol(), new Headers(headers));
        String operation = request.api().operation().label();
        return refused(refusal.reason(), request.head().client(), request.id(), operation, response);
    }

    private ServerResponse refused(
            RefusalReason reason, String client, String id, String operation, ServerResponse response) {
        measurements.requestRefused(reason, record(client, id, operation, response, "refused_" + reason.label()));
        return response;
    }

    private static AccessRecord record(
            String client, String id, String operation, ServerResponse response, String outcome) {
        return new AccessRecord(
                new AccessRecord.Request(id, client, operation, null),
                new AccessRecord.Answer(response.head().status(), outcome, response.body().length),
                AccessRecord.Timing.NONE,
                0,
                null);
    }
}
