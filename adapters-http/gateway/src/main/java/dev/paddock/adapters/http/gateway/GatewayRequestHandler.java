package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessControl;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoint;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoints;
import dev.paddock.adapters.http.gateway.relay.ErrorResponses;
import dev.paddock.adapters.http.gateway.relay.Relay;
import dev.paddock.adapters.http.gateway.relay.RelayReport;
import dev.paddock.adapters.http.gateway.relay.RelayedRequest;
import dev.paddock.adapters.http.gateway.relay.RequestId;
import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Gives each request to what answers it: the gateway itself, or the model server behind it. Thread-safe. */
final class GatewayRequestHandler implements RequestHandler {

    private static final System.Logger LOGGER = System.getLogger(GatewayRequestHandler.class.getName());
    private static final String OWN = "gateway";
    private static final String DEFECT = "defect";

    private final AccessControl access;
    private final ApiEndpoints routes = new ApiEndpoints();
    private final Relay relay;
    private final GatewayEndpoints operations;
    private final GatewayMeasurements measurements;
    private final RequestGuard admission;
    private final Ticker ticker;
    private volatile boolean draining;

    GatewayRequestHandler(GatewayDependencies parts, AccessSettings settings, AccessLog log) {
        this.access = new AccessControl(settings, parts.ticker());
        String pseudonym = "paddock-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        this.relay = new Relay(parts.exchange(), pseudonym, () -> ThreadLocalRandom.current().nextLong());
        this.operations = parts.operations();
        this.measurements = new GatewayMeasurements(parts.metrics(), log);
        this.admission = new RequestGuard(access, relay, operations, measurements);
        this.ticker = parts.ticker();
    }

    /** From now on the gateway says that it wants no more requests; those that come all the same are answered. */
    void drain() {
        draining = true;
    }

    @Override
    public @Nullable ServerResponse refuse(RequestHead head) {
        return admission.refuse(head);
    }

    /** The files of models are larger than any memory for them should be. */
    @Override
    public boolean isUpload(RequestHead head) {
        return ApiEndpoints.isBlob(head.path());
    }

    @Override
    public ServerResponse renderRefusal(int status, String reason, @Nullable String path, String client) {
        return admission.refuse(status, reason, path, client);
    }

    @Override
    public void handle(ServerRequest request, Responder responder) {
        RequestHead head = request.head();
        String id = RequestId.of(head.headers());
        MeasuredResponder measured =
                new MeasuredResponder(responder, access.fields(head).with(RequestId.FIELD, id), ticker);
        ServerResponse own = ownAnswer(head, id);
        if (own == null) {
            relay(new RelayedRequest(request, routes.find(head.method(), head.path()), id), measured);
        } else {
            answer(own, new AccessRecord.Request(id, head.client(), OWN, null), measured);
        }
    }

    private @Nullable ServerResponse ownAnswer(RequestHead head, String id) {
        ServerResponse own = operations.answer(head, draining);
        if (own == null && operations.isProbe(head.path())) {
            ApiEndpoint route = routes.find(head.method(), head.path());
            return ErrorResponses.of(route.protocol(), 405, "a probe is asked for by GET", id);
        }
        return own;
    }

    private void answer(ServerResponse own, AccessRecord.Request asked, MeasuredResponder responder) {
        String outcome = RelayReport.OK;
        try {
            responder.send(own);
        } catch (ClientGoneException gone) {
            outcome = RelayReport.CLIENT_GONE;
        }
        measurements.answeredByGateway(record(asked, new RelayReport(outcome, null, 0, null), responder));
    }

    private void relay(RelayedRequest relayed, MeasuredResponder responder) {
        measurements.requestStarted();
        RelayReport report = new RelayReport(DEFECT, null, 0, null);
        try {
            report = relay.relay(relayed, responder);
        } catch (RuntimeException | Error defect) {
            tell(defect, relayed, responder);
        } finally {
            AccessRecord.Request asked = new AccessRecord.Request(
                    relayed.id(),
                    relayed.request().head().client(),
                    relayed.endpoint().operation().label(),
                    report.model());
            measurements.requestEnded(record(asked, report, responder));
        }
    }

    /** Logs what only a mistake of ours can cause: where it happened, but not its message, which may hold anything. */
    private static void tell(Throwable defect, RelayedRequest relayed, MeasuredResponder responder) {
        Throwable nameless = new IllegalStateException(defect.getClass().getName());
        nameless.setStackTrace(defect.getStackTrace());
        LOGGER.log(System.Logger.Level.ERROR, "request " + relayed.id() + " met a defect", nameless);
        if (responder.hasBegun()) {
            responder.abort();
        } else {
            responder.send(ErrorResponses.of(
                    relayed.endpoint().protocol(), 500, "the gateway failed; its log says where", relayed.id()));
        }
    }

    private static AccessRecord record(AccessRecord.Request asked, RelayReport report, MeasuredResponder responder) {
        Provenance route = report.provenance();
        Duration queue = route == null ? null : route.queuedForConnection();
        return new AccessRecord(
                asked,
                new AccessRecord.Answer(responder.status(), report.outcome(), responder.bytes()),
                new AccessRecord.Timing(queue, responder.firstFrame(), responder.elapsed()),
                AccessRecord.Origin.of(route, report.attempts()));
    }
}
