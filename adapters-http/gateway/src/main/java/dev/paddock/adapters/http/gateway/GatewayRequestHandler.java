package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessControl;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesscontrol.Refusal;
import dev.paddock.adapters.http.gateway.accesscontrol.RefusalReason;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoint;
import dev.paddock.adapters.http.gateway.relay.ApiEndpoints;
import dev.paddock.adapters.http.gateway.relay.ApiError;
import dev.paddock.adapters.http.gateway.relay.PreparedRelay;
import dev.paddock.adapters.http.gateway.relay.Protocol;
import dev.paddock.adapters.http.gateway.relay.Relay;
import dev.paddock.adapters.http.gateway.relay.RelayEnd;
import dev.paddock.adapters.http.gateway.relay.RelayReport;
import dev.paddock.adapters.http.gateway.relay.RelayedRequest;
import dev.paddock.adapters.http.gateway.relay.RequestId;
import dev.paddock.adapters.http.gateway.relay.RequestPriority;
import dev.paddock.adapters.http.server.ClientGoneException;
import dev.paddock.adapters.http.server.RequestDecision;
import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests or renders their refusals, and answers each admitted request: by an endpoint of the gateway, or by relaying it to the
 * model server. Thread-safe.
 */
final class GatewayRequestHandler implements RequestHandler {

    private static final System.Logger LOGGER = System.getLogger(GatewayRequestHandler.class.getName());
    private static final byte[] NO_BODY = {};
    private static final Headers SOON = Headers.of("Retry-After", "1");

    private final AccessControl access;
    private final ApiEndpoints apis = new ApiEndpoints();
    private final GatewayEndpoints endpoints;
    private final Relay relay;
    private final GatewayMeasurements measurements;
    private volatile boolean draining;

    GatewayRequestHandler(
            GatewayDependencies dependencies, AccessSettings settings, AccessLog log, boolean monitoringLogged) {
        String pseudonym = "paddock-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        this.access = new AccessControl(settings, dependencies.admission(), dependencies.shared(), System::nanoTime);
        this.endpoints = new GatewayEndpoints(dependencies.endpoints());
        this.relay = new Relay(
                dependencies.exchange(), dependencies.answers(), pseudonym, () -> ThreadLocalRandom.current().nextLong());
        this.measurements = new GatewayMeasurements(dependencies.metrics(), log, monitoringLogged, InstantSource.system());
    }

    /** Replaces the keys for all requests that come from now on. */
    void replaceKeys(List<AccessKey> keys) {
        access.replaceKeys(keys);
    }

    /** Reports from now on that the gateway is shutting down. Requests that still arrive are answered. */
    void drain() {
        draining = true;
    }

    @Override
    public RequestDecision decide(RequestHead head) {
        ApiEndpoint api = apis.find(head.method(), head.path());
        GatewayEndpoint own = endpoints.find(head.method(), head.path(), head.headers().first("Accept"));
        AccessControl.Decision decision = access.check(head, accessClass(api, own), runsModel(api, own));
        String id = RequestId.of(head.headers());
        Headers headers = access.responseHeaders(head).with(RequestId.FIELD, id);
        AdmittedRequest request = new AdmittedRequest(head, api, own, id, decision, headers, this, null);
        if (decision.refusal() != null) {
            return refuse(decision.refusal(), request);
        }
        if (access.isPreflight(head)) {
            ServerResponse response = new ServerResponse(204, headers, NO_BODY);
            measurements.answered(request.logged(), response, "preflight");
            return response;
        }
        if (relay.isLoop(head)) {
            return refuse(new Refusal(RefusalReason.LOOP, "this request has passed this gateway before"), request);
        }
        if (!RequestPriority.isValid(head.headers())) {
            return refuse(new Refusal(RefusalReason.PRIORITY, RequestPriority.FIELD + " is interactive or batch"), request);
        }
        return request;
    }

    /** Allows it in the name of a model that a client reads: many names have an owner before a slash. */
    @Override
    public boolean allowsEncodedSlash(String method, String path) {
        return ApiEndpoints.isModelRead(method, path);
    }

    /** Allows it for health checks. */
    @Override
    public boolean allowsMissingHost(String method, String path) {
        GatewayEndpoint own = endpoints.find(method, path);
        return own != null && !own.isForBrowsers() && own.access() == AccessClass.PROBE;
    }

    private static AccessClass accessClass(ApiEndpoint api, @Nullable GatewayEndpoint own) {
        if (own != null) {
            return own.access();
        }
        return api.administrative() ? AccessClass.ADMIN : AccessClass.CLIENT;
    }

    private static boolean runsModel(ApiEndpoint api, @Nullable GatewayEndpoint own) {
        if (own != null) {
            return own.access() == AccessClass.CLIENT;
        }
        return switch (api.operation().operationClass()) {
            case GENERATE, EMBED -> true;
            case READ, MANAGE -> false;
        };
    }

    private ServerResponse refuse(Refusal refusal, AdmittedRequest request) {
        List<Header> headers = new ArrayList<>(refusal.headers().fields());
        headers.addAll(request.responseHeaders().fields());
        ServerResponse response = new ApiError(refusal.reason().status(), refusal.message(), request.id())
                .toResponse(request.api().protocol(), new Headers(headers));
        measurements.requestRefused(refusal.reason(), request.logged(), response);
        return refusal.reason() == RefusalReason.HEADER ? response.asLast() : response;
    }

    @Override
    public ServerResponse renderRefusal(int status, String reason, @Nullable String path, String client) {
        String id = RequestId.of(Headers.EMPTY);
        ServerResponse response =
                new ApiError(status, reason, id).toResponse(Protocol.ofPath(path), Headers.of(RequestId.FIELD, id));
        AccessRecord.Request logged = new AccessRecord.Request(id, client, null, path, "unknown", null);
        measurements.requestRefused(RefusalReason.ofStatus(status), logged, response);
        return response;
    }

    /** Renders the refusal of an admitted request while its body arrives, without the headers that the server adds. */
    ServerResponse refuse(AdmittedRequest request, int status, String reason) {
        return refuse(request, RefusalReason.ofStatus(status), status, reason, status == 503 ? SOON : Headers.EMPTY);
    }

    private ServerResponse refuse(AdmittedRequest request, RefusalReason rule, int status, String reason, Headers headers) {
        ServerResponse response = new ApiError(status, reason, request.id()).toResponse(request.api().protocol(), headers);
        measurements.requestRefused(rule, request.logged(), response);
        return response;
    }

    void answer(AdmittedRequest admitted, ServerRequest request, Responder responder) {
        Refusal refusal = access.count(admitted.decision());
        if (refusal != null) {
            responder.send(refuse(admitted, refusal.reason(), refusal.reason().status(), refusal.message(), refusal.headers()));
            return;
        }
        measurements.requestStarted(admitted);
        if (admitted.own() != null) {
            answerOwn(admitted, request, admitted.own(), responder);
            return;
        }
        AnswerEnd end = new AnswerEnd(admitted, responder, responder.detach());
        try {
            if (admitted.prepared() == null) {
                relay.relay(admitted.toRelay(request), responder, end);
            } else {
                relay.relay(admitted.prepared(), responder, end);
            }
        } catch (RuntimeException | Error defect) {
            end.failed(defect); // nothing has begun
        }
    }

    /** Prepares a request before it has a thread of its own, or returns null. Never waits. */
    @Nullable PreparedRelay prepare(AdmittedRequest admitted, ServerRequest request) {
        if (!relay.hasAnswers()) {
            return null; // without a cache, nothing is made for it
        }
        try {
            return relay.prepare(admitted.toRelay(request));
        } catch (RuntimeException again) {
            return null; // it fails again on the thread of the request, which reports it
        }
    }

    private void answerOwn(AdmittedRequest admitted, ServerRequest request, GatewayEndpoint own, Responder responder) {
        AnswerEnd end = new AnswerEnd(admitted, responder, () -> { });
        RelayReport report;
        try {
            report = answer(admitted, request, own, responder);
        } catch (ClientGoneException gone) {
            report = RelayReport.of(RelayReport.CLIENT_GONE);
        } catch (RuntimeException | Error defect) {
            end.failed(defect);
            return;
        }
        end.ended(report);
    }

    private RelayReport answer(AdmittedRequest admitted, ServerRequest request, GatewayEndpoint own, Responder responder) {
        RelayedRequest relayed = admitted.toRelay(request);
        EndpointCall call = new EndpointCall(
                request, admitted.id(), admitted.caller(), relayed.context(), draining, () -> access.isStillAdmitted(admitted.decision()));
        try {
            own.handler().handle(call, responder);
        } catch (LlmException told) {
            if (!responder.hasBegun()) {
                throw told;
            }
            return RelayReport.of(told.kind().label());
        }
        AnswerVerdict verdict = AnswerVerdict.ofStatus(responder.sent().status());
        return RelayReport.of(verdict.isError() ? verdict.label() : RelayReport.OK);
    }

    /** Logs a defect of the gateway: its type and stack trace, but not its message, which may contain content. */
    private static void reportDefect(Throwable defect, AdmittedRequest admitted, Responder responder) {
        logDefect(admitted.id(), defect);
        if (responder.hasBegun()) {
            responder.abort();
        } else {
            responder.send(new ApiError(500, "the gateway failed; its log has the details", admitted.id())
                    .toResponse(admitted.api().protocol(), Headers.EMPTY));
        }
    }

    /** Logs where a defect happened. Its message may quote a request, so only its type and its stack trace are logged. */
    private static void logDefect(String requestId, Throwable defect) {
        Throwable anonymous = new IllegalStateException(defect.getClass().getName());
        anonymous.setStackTrace(defect.getStackTrace());
        LOGGER.log(System.Logger.Level.ERROR, "request " + requestId + " failed by a defect", anonymous);
    }

    /** Reports the end of a request, and then runs an action. */
    private final class AnswerEnd implements RelayEnd {

        private final AdmittedRequest admitted;
        private final Responder responder;
        private final Runnable whenReported;

        AnswerEnd(AdmittedRequest admitted, Responder responder, Runnable whenReported) {
            this.admitted = admitted;
            this.responder = responder;
            this.whenReported = whenReported;
        }

        @Override
        public void ended(RelayReport report) {
            try {
                measurements.requestEnded(admitted, report, responder.sent());
            } catch (RuntimeException | Error defect) {
                logDefect(admitted.id(), defect); // the response has ended, so this must not become another end
            } finally {
                whenReported.run();
            }
        }

        @Override
        public void failed(Throwable defect) {
            try {
                reportDefect(defect, admitted, responder);
            } catch (ClientGoneException gone) {
                LOGGER.log(System.Logger.Level.DEBUG, "a client disconnected before it learned of a defect");
            } catch (RuntimeException | Error another) {
                logDefect(admitted.id(), another);
            } finally {
                ended(RelayReport.of(RelayReport.DEFECT));
            }
        }
    }
}
