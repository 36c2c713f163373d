package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessControl;
import dev.paddock.adapters.http.gateway.accesscontrol.Refusal;
import dev.paddock.adapters.http.gateway.accesscontrol.RefusalReason;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoint;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoints;
import dev.paddock.adapters.http.gateway.relay.ErrorResponses;
import dev.paddock.adapters.http.gateway.relay.Protocol;
import dev.paddock.adapters.http.gateway.relay.Relay;
import dev.paddock.adapters.http.gateway.relay.RequestId;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets requests in or words why not. It never blocks. Thread-safe. */
final class RequestGuard {

    private static final String PREFLIGHT = "preflight";
    private static final byte[] NO_BODY = {};

    private final AccessControl access;
    private final ApiEndpoints routes = new ApiEndpoints();
    private final Relay relay;
    private final GatewayEndpoints operations;
    private final GatewayMeasurements measurements;

    RequestGuard(AccessControl access, Relay relay, GatewayEndpoints operations, GatewayMeasurements measurements) {
        this.access = access;
        this.relay = relay;
        this.operations = operations;
        this.measurements = measurements;
    }

    /** Returns the answer to a request that is not passed on, or null when it is let in. */
    @Nullable ServerResponse refuse(RequestHead head) {
        ApiEndpoint route = routes.find(head.method(), head.path());
        String id = RequestId.of(head.headers());
        Refusal refusal = operations.isProbe(head.path()) ? access.refuseProbe(head) : access.refuse(head, route);
        if (refusal == null && access.isPreflight(head)) {
            return preflight(head, route, id);
        }
        if (refusal == null && relay.isLoop(head)) {
            refusal = Refusal.of(RefusalReason.LOOP, 508, "this request has passed this gateway before");
        }
        return refusal == null ? null : refused(refusal, head, route, id);
    }

    /** Words the refusal of a request that the server does not accept. */
    ServerResponse refuse(int status, String reason, @Nullable String path, String client) {
        RefusalReason why = RefusalReason.ofStatus(status);
        String id = RequestId.of(Headers.EMPTY);
        ServerResponse reply = withFields(
                ErrorResponses.of(Protocol.ofPath(path), status, reason, id), Headers.of(RequestId.FIELD, id));
        measurements.requestRefused(why, record(new AccessRecord.Request(id, client, "unknown", null), reply, outcome(why)));
        return reply;
    }

    private ServerResponse preflight(RequestHead head, ApiEndpoint route, String id) {
        ServerResponse reply = new ServerResponse(204, access.fields(head).with(RequestId.FIELD, id), NO_BODY);
        measurements.answeredByGateway(record(asked(head, route, id), reply, PREFLIGHT));
        return reply;
    }

    private ServerResponse refused(Refusal refusal, RequestHead head, ApiEndpoint route, String id) {
        Headers fields = access.fields(head).with(RequestId.FIELD, id);
        ServerResponse words = ErrorResponses.of(route.protocol(), refusal.status(), refusal.message(), id);
        ServerResponse reply = withFields(withFields(words, refusal.headers()), fields);
        measurements.requestRefused(refusal.reason(), record(asked(head, route, id), reply, outcome(refusal.reason())));
        return reply;
    }

    private static AccessRecord.Request asked(RequestHead head, ApiEndpoint route, String id) {
        return new AccessRecord.Request(id, head.client(), route.operation().label(), null);
    }

    private static AccessRecord record(AccessRecord.Request asked, ServerResponse reply, String outcome) {
        return new AccessRecord(
                asked,
                new AccessRecord.Answer(reply.head().status(), outcome, reply.body().length),
                AccessRecord.Timing.NONE,
                AccessRecord.Origin.GATEWAY);
    }

    private static String outcome(RefusalReason reason) {
        return "refused_" + reason.label();
    }

    private static ServerResponse withFields(ServerResponse reply, Headers more) {
        List<Header> fields = new ArrayList<>(reply.head().headers().fields());
        fields.addAll(more.fields());
        return new ServerResponse(reply.head().status(), new Headers(fields), reply.body());
    }
}
