package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.access.AccessControl;
import dev.paddock.adapters.http.gateway.access.Refusal;
import dev.paddock.adapters.http.gateway.access.RefusalReason;
import dev.paddock.adapters.http.gateway.relay.ErrorReplies;
import dev.paddock.adapters.http.gateway.relay.Protocol;
import dev.paddock.adapters.http.gateway.relay.Relay;
import dev.paddock.adapters.http.gateway.relay.RequestId;
import dev.paddock.adapters.http.gateway.relay.Route;
import dev.paddock.adapters.http.gateway.relay.RouteTable;
import dev.paddock.adapters.http.gateway.server.Reply;
import dev.paddock.adapters.http.gateway.server.RequestHead;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets requests in or words why not. It never blocks. Thread-safe. */
final class Admission {

    private static final String PREFLIGHT = "preflight";
    private static final byte[] NO_BODY = {};

    private final AccessControl access;
    private final RouteTable routes = new RouteTable();
    private final Relay relay;
    private final Operations operations;
    private final GatewayMeasurements measurements;

    Admission(AccessControl access, Relay relay, Operations operations, GatewayMeasurements measurements) {
        this.access = access;
        this.relay = relay;
        this.operations = operations;
        this.measurements = measurements;
    }

    /** Returns the answer to a request that is not passed on, or null when it is let in. */
    @Nullable Reply refuse(RequestHead head) {
        Route route = routes.find(head.method(), head.path());
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
    Reply refuse(int status, String reason, @Nullable String path, String client) {
        RefusalReason why = RefusalReason.ofStatus(status);
        String id = RequestId.of(Headers.EMPTY);
        Reply reply = withFields(
                ErrorReplies.reply(Protocol.ofPath(path), status, reason, id), Headers.of(RequestId.FIELD, id));
        measurements.refused(why, record(new AccessRecord.Request(id, client, "unknown", null), reply, outcome(why)));
        return reply;
    }

    private Reply preflight(RequestHead head, Route route, String id) {
        Reply reply = new Reply(204, access.fields(head).with(RequestId.FIELD, id), NO_BODY);
        measurements.answered(record(asked(head, route, id), reply, PREFLIGHT));
        return reply;
    }

    private Reply refused(Refusal refusal, RequestHead head, Route route, String id) {
        Headers fields = access.fields(head).with(RequestId.FIELD, id);
        Reply words = ErrorReplies.reply(route.protocol(), refusal.status(), refusal.message(), id);
        Reply reply = withFields(withFields(words, refusal.headers()), fields);
        measurements.refused(refusal.reason(), record(asked(head, route, id), reply, outcome(refusal.reason())));
        return reply;
    }

    private static AccessRecord.Request asked(RequestHead head, Route route, String id) {
        return new AccessRecord.Request(id, head.client(), route.operation().label(), null);
    }

    private static AccessRecord record(AccessRecord.Request asked, Reply reply, String outcome) {
        return new AccessRecord(
                asked,
                new AccessRecord.Answer(reply.head().status(), outcome, reply.body().length),
                AccessRecord.Timing.NONE,
                AccessRecord.Origin.GATEWAY);
    }

    private static String outcome(RefusalReason reason) {
        return "refused_" + reason.label();
    }

    private static Reply withFields(Reply reply, Headers more) {
        List<Header> fields = new ArrayList<>(reply.head().headers().fields());
        fields.addAll(more.fields());
        return new Reply(reply.head().status(), new Headers(fields), reply.body());
    }
}
