package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessControl;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.relay.ApiError;
import dev.paddock.adapters.http.gateway.relay.Relay;
import dev.paddock.adapters.http.gateway.relay.RelayReport;
import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.RequestDecision;
import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.time.Ticker;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Answers each admitted request: by an endpoint of the gateway, or by relaying it to the model server. Thread-safe. */
final class GatewayRequestHandler implements RequestHandler {

    private static final System.Logger LOGGER = System.getLogger(GatewayRequestHandler.class.getName());

    private final Relay relay;
    private final GatewayMeasurements measurements;
    private final RequestGuard guard;
    private final Ticker ticker;
    private volatile boolean draining;

    GatewayRequestHandler(GatewayDependencies dependencies, AccessSettings settings, AccessLog log) {
        String pseudonym = "paddock-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        this.relay = new Relay(dependencies.exchange(), pseudonym, () -> ThreadLocalRandom.current().nextLong());
        this.measurements = new GatewayMeasurements(dependencies.metrics(), log);
        this.ticker = dependencies.ticker();
        this.guard = new RequestGuard(
                new AccessControl(settings, ticker), relay, new GatewayEndpoints(dependencies.endpoints()), measurements);
    }

    /** Reports from now on that the gateway is shutting down. Requests that still arrive are answered. */
    void drain() {
        draining = true;
    }

    @Override
    public RequestDecision decide(RequestHead head) {
        return guard.decide(head, this);
    }

    @Override
    public ServerResponse renderRefusal(int status, String reason, @Nullable String path, String client) {
        return guard.refuse(status, reason, path, client);
    }

    ServerResponse refuse(AdmittedRequest admitted, int status, String reason) {
        return guard.refuse(admitted, status, reason);
    }

    void answer(AdmittedRequest admitted, ServerRequest request, Responder delegate) {
        MeasuredResponder responder = new MeasuredResponder(delegate, ticker);
        measurements.requestStarted(admitted);
        RelayReport report = RelayReport.of(RelayReport.DEFECT);
        try {
            report = answerOrRelay(admitted, request, responder);
        } catch (ClientGoneException gone) {
            report = RelayReport.of(RelayReport.CLIENT_GONE);
        } catch (RuntimeException | Error defect) {
            reportDefect(defect, admitted, responder);
        } finally {
            measurements.requestEnded(admitted, responder.record(admitted, report));
        }
    }

    private RelayReport answerOrRelay(AdmittedRequest admitted, ServerRequest request, Responder responder) {
        if (admitted.own() == null) {
            return relay.relay(admitted.toRelay(request), responder);
        }
        EndpointCall call = new EndpointCall(request, admitted.id(), admitted.caller(), draining);
        admitted.own().handler().handle(call, responder);
        return RelayReport.of(RelayReport.OK);
    }

    /** Logs a defect of the gateway: its type and stack trace, but not its message, which may contain content. */
    private static void reportDefect(Throwable defect, AdmittedRequest admitted, Responder responder) {
        Throwable anonymous = new IllegalStateException(defect.getClass().getName());
        anonymous.setStackTrace(defect.getStackTrace());
        LOGGER.log(System.Logger.Level.ERROR, "request " + admitted.id() + " met a defect", anonymous);
        if (responder.hasBegun()) {
            responder.abort();
        } else {
            responder.send(new ApiError(500, "the gateway failed; its log has the details", admitted.id())
                    .toResponse(admitted.api().protocol(), Headers.EMPTY));
        }
    }
}
