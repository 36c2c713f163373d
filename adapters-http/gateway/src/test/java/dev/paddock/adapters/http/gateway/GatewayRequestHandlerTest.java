package dev.paddock.adapters.http.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessRecord;
import dev.paddock.adapters.http.gateway.relay.RecordingResponder;
import dev.paddock.adapters.http.gateway.relay.ScriptedPort;
import dev.paddock.adapters.http.server.AcceptedRequest;
import dev.paddock.adapters.http.server.BodyStorage;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.testsupport.CapturedLog;
import dev.paddock.testsupport.Parallel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayRequestHandlerTest {

    private static final Headers LOCAL = Headers.of("Host", "localhost").with("X-Request-Id", "id-1");

    private static final GatewayEndpoint OWN = endpoint("/own", AccessClass.CLIENT);

    private final List<AccessRecord> log = new ArrayList<>();
    private final Counts counts = new Counts();
    private final RecordingResponder client = new RecordingResponder();

    @Test
    void handle_relayedRequest_isMeasuredAndTakenDown() {
        ScriptedPort port = ScriptedPort.answering(200, Headers.EMPTY, Framing.LINES)
                .then("{\"message\":\"secret answer\"}\n", "{\"done\":true}\n");

        handle(port, "POST", "/api/chat?key=secret", "{\"model\":\"llama3\",\"prompt\":\"secret question\"}");

        assertThat(log).hasSize(1);
        assertThat(log.getFirst().line())
                .matches("time=\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z id=.*")
                .contains(" id=id-1 client=192.0.2.1 method=POST path=/api/chat operation=chat model=llama3 status=200 outcome=ok"
                        + " bytes=42 admission=- queue=0.000 first_frame=")
                .endsWith(" backend=" + ScriptedPort.BACKEND + " attempts=2 reused=true key=-")
                .doesNotContain("secret");
        assertThat(counts.of("paddock.gateway.requests[chat, ok]")).isEqualTo(1);
        assertThat(counts.of("paddock.gateway.in.flight[]")).isZero();
        assertThat(counts.of("paddock.gateway.first.frame[chat]")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"404, not_found", "304, ok", "307, ok", "400, invalid_request", "500, server_failed"})
    void handle_requestWithoutModel_isTakenDownForWhatTheStatusSays(int status, String outcome) {
        handle(ScriptedPort.answering(status, Headers.EMPTY, Framing.DOCUMENT), "GET", "/api/of-next-year", "");

        assertThat(log.getFirst().line()).contains(" outcome=" + outcome + " ");
    }

    @Test
    void handle_defect_isAnsweredAndTakenDown() {
        ExchangePort broken = (request, context) -> {
            throw new IllegalArgumentException("holds a prompt");
        };

        List<LogRecord> logged;
        try (CapturedLog log = CapturedLog.under(GatewayRequestHandler.class.getName())) {
            handle(broken, "POST", "/v1/messages", "{}");
            logged = log.records();
        }

        assertThat(logged).hasSize(1);
        assertThat(logged.getFirst().getMessage() + logged.getFirst().getThrown())
                .contains("id-1", "IllegalArgumentException")
                .doesNotContain("prompt");
        assertThat(logged.getFirst().getThrown()).hasNoCause();
        assertThat(client.head().status()).isEqualTo(500);
        assertThat(client.body()).contains("\"type\":\"api_error\"").doesNotContain("prompt");
        assertThat(log.getFirst().line()).contains("outcome=defect");
        assertThat(counts.of("paddock.gateway.in.flight[]")).isZero();
    }

    @Test
    void handle_ownPath_isAnsweredByTheGateway() {
        ScriptedPort port = ScriptedPort.answering(200, Headers.EMPTY, Framing.DOCUMENT);
        GatewayRequestHandler handler = handler(port, List.of(OWN), AccessSettings.DEFAULT);
        handler.drain();

        answer(handler, request("GET", "/own", ""));

        assertThat(client.body()).isEqualTo("id-1 192.0.2.1 draining true");
        assertThat(port.requests()).isEmpty();
        assertThat(log.getFirst().line()).contains("operation=gateway");
    }

    @Test
    void handle_probeOrScrape_isInTheLogOnlyIfItIsSet() {
        ScriptedPort port = ScriptedPort.answering(200, Headers.EMPTY, Framing.DOCUMENT);
        GatewayDependencies dependencies = new GatewayDependencies(port, counts, List.of(OWN.asMonitoring()));

        answer(new GatewayRequestHandler(dependencies, AccessSettings.DEFAULT, log::add, false), request("GET", "/own", ""));
        assertThat(log).isEmpty();
        answer(new GatewayRequestHandler(dependencies, AccessSettings.DEFAULT, log::add, true), request("GET", "/own", ""));
        assertThat(log.getFirst().line()).contains(" method=GET path=/own operation=gateway ");
    }

    @Test
    void handle_ownPathByAnotherMethod_isNotAllowedAndNotRelayed() {
        ScriptedPort port = ScriptedPort.answering(200, Headers.EMPTY, Framing.DOCUMENT);
        GatewayEndpoint change = new GatewayEndpoint(
                List.of("/own"), List.of("DELETE"), AccessClass.ADMIN, (call, responder) -> responder.send(text("changed")));

        answer(handler(port, List.of(OWN, change), AccessSettings.DEFAULT), request("POST", "/own", ""));

        assertThat(client.head().status()).isEqualTo(405);
        assertThat(client.head().headers().all("Allow")).containsExactly("DELETE, GET, HEAD");
        assertThat(port.requests()).isEmpty();
    }

    @Test
    void handle_defectOfAnOwnEndpoint_isAnsweredAndTakenDown() {
        GatewayEndpoint broken = GatewayEndpoint.read("/own", AccessClass.CLIENT, call -> {
            throw new IllegalArgumentException("holds a prompt");
        });
        try (CapturedLog logged = CapturedLog.under(GatewayRequestHandler.class.getName())) {
            answer(handler(ScriptedPort.failing(null), List.of(broken), AccessSettings.DEFAULT), request("GET", "/own", ""));
            assertThat(logged.records()).hasSize(1);
        }

        assertThat(client.head().status()).isEqualTo(500);
        assertThat(client.body()).doesNotContain("prompt");
        assertThat(log.getFirst().line()).contains("operation=gateway", "status=500", "outcome=defect");
    }

    @Test
    void decide_ownPath_isCheckedByItsAccessClass() {
        AccessSettings keys = AccessSettings.DEFAULT.withKeyHashes(List.of("0".repeat(64)));
        GatewayRequestHandler handler = handler(
                ScriptedPort.failing(null),
                List.of(endpoint("/probe", AccessClass.PROBE), endpoint("/operator", AccessClass.OPERATOR)),
                keys);
        GatewayRequestHandler open = handler(
                ScriptedPort.failing(null),
                List.of(endpoint("/client", AccessClass.CLIENT), endpoint("/admin", AccessClass.ADMIN)),
                AccessSettings.DEFAULT);

        assertThat(handler.decide(head("GET", "/probe", LOCAL))).isInstanceOf(AcceptedRequest.class);
        assertThat(refusal(handler, head("GET", "/operator", LOCAL)).head().status()).isEqualTo(401);
        assertThat(open.decide(head("GET", "/client", LOCAL))).isInstanceOf(AcceptedRequest.class);
        assertThat(refusal(open, head("GET", "/admin", LOCAL)).head().status()).isEqualTo(403);
    }

    @Test
    void create_twoEndpointsForOneMethodAndPath_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> handler(ScriptedPort.failing(null), List.of(OWN, OWN), AccessSettings.DEFAULT))
                .withMessageContaining("/own");
    }

    @Test
    void decide_modelFile_isAnUpload() {
        GatewayRequestHandler handler = handler(AccessSettings.DEFAULT.withAdministration(true));

        assertThat(accepted(handler, head("POST", "/api/blobs/sha256:00", LOCAL)).bodyStorage()).isEqualTo(BodyStorage.FILE);
        assertThat(accepted(handler, head("POST", "/api/chat", LOCAL)).bodyStorage()).isEqualTo(BodyStorage.MEMORY);
    }

    @Test
    void renderRefusal_ofAnAdmittedRequest_keepsItsIdAndItsOperation() {
        AcceptedRequest admitted = accepted(handler(AccessSettings.DEFAULT), head("POST", "/v1/messages", LOCAL));

        ServerResponse response = admitted.renderRefusal(413, "the body is too large");

        assertThat(new String(response.body(), UTF_8)).contains("request_too_large", "\"request_id\":\"id-1\"");
        assertThat(response.head().headers().contains("X-Request-Id")).isFalse();
        assertThat(admitted.responseHeaders().first("X-Request-Id")).isEqualTo("id-1");
        assertThat(log.getFirst().line()).contains("id=id-1 client=192.0.2.1 method=POST path=/v1/messages operation=chat", "outcome=refused_size");
    }

    @Test
    void refuse_administration_isExplainedInTheProtocolAndTakenDown() {
        GatewayRequestHandler handler = handler(AccessSettings.DEFAULT);

        ServerResponse reply = refusal(handler, head("POST", "/api/pull", LOCAL));

        assertThat(reply.head().status()).isEqualTo(403);
        assertThat(new String(reply.body(), UTF_8)).startsWith("{\"error\":\"").contains("paddock.gateway.admin");
        assertThat(reply.head().headers().first("X-Request-Id")).isEqualTo("id-1");
        assertThat(log.getFirst().line()).contains("operation=pull_model", "status=403", "outcome=refused_admin");
        assertThat(counts.of("paddock.gateway.refused[admin]")).isEqualTo(1);
    }

    @Test
    void refuse_withoutKey_isToldInTheShapeOfThePath() {
        GatewayRequestHandler handler = handler(AccessSettings.DEFAULT.withKeyHashes(List.of("0".repeat(64))));

        assertThat(new String(refusal(handler, head("POST", "/v1/messages", LOCAL)).body(), UTF_8))
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\"")
                .contains("\"request_id\":\"id-1\"");
        assertThat(new String(refusal(handler, head("GET", "/v1/models", LOCAL)).body(), UTF_8))
                .startsWith("{\"error\":{\"message\":");
    }

    @Test
    void refuse_preflight_isAnsweredWithoutBeingPassedOn() {
        Headers fields = LOCAL.with("Origin", "http://localhost:3000").with("Access-Control-Request-Method", "POST");

        ServerResponse reply = refusal(handler(AccessSettings.DEFAULT), head("OPTIONS", "/api/pull", fields));

        assertThat(reply.head().status()).isEqualTo(204);
        assertThat(reply.head().headers().first("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
        assertThat(log.getFirst().line()).contains("outcome=preflight");
        assertThat(counts.all).containsEntry("paddock.gateway.refused[origin]", 0L);
    }

    @Test
    void refuse_requestOnItsSecondWay_isALoop() {
        ScriptedPort port = ScriptedPort.answering(200, Headers.EMPTY, Framing.DOCUMENT);
        GatewayRequestHandler handler = handler(port, List.of(), AccessSettings.DEFAULT);
        answer(handler, request("GET", "/api/tags", ""));
        Headers forwarded = port.requests().getFirst().headers().with("Host", "localhost");

        ServerResponse reply = refusal(handler, head("GET", "/api/tags", forwarded));

        assertThat(reply.head().status()).isEqualTo(508);
    }

    @Test
    void refuse_allowedRequest_isLetInSilently() {
        assertThat(accepted(handler(AccessSettings.DEFAULT), head("POST", "/api/chat", LOCAL)).responseHeaders())
                .isEqualTo(Headers.of("X-Request-Id", "id-1"));
        assertThat(log).isEmpty();
    }

    @Test
    void wordRefusal_unknownPath_isTakenDown() {
        ServerResponse reply = handler(AccessSettings.DEFAULT).renderRefusal(431, "the head is too large", null, "10.0.0.9");

        assertThat(reply.head().status()).isEqualTo(431);
        assertThat(new String(reply.body(), UTF_8)).isEqualTo("{\"error\":\"the head is too large\"}");
        assertThat(log.getFirst().line()).contains("client=10.0.0.9 method=- path=- operation=unknown", "outcome=refused_size");
        assertThat(counts.of("paddock.gateway.refused[size]")).isEqualTo(1);
    }

    @Test
    void handle_allowedOrigin_isTold() {
        ScriptedPort port = ScriptedPort.answering(
                200, new Headers(List.of(new Header("Access-Control-Allow-Origin", "*"))), Framing.DOCUMENT);
        RequestHead head = head("GET", "/api/tags", LOCAL.with("Origin", "http://localhost:1"));

        GatewayRequestHandler handler = handler(port, List.of(), AccessSettings.DEFAULT);
        answer(handler, new ServerRequest(head, RequestBody.NONE, Cancellation.create()));

        assertThat(client.head().headers().all("Access-Control-Allow-Origin")).isEmpty();
        assertThat(accepted(handler, head).responseHeaders().all("Access-Control-Allow-Origin"))
                .containsExactly("http://localhost:1");
    }

    private void handle(ExchangePort port, String method, String target, String body) {
        answer(handler(port, List.of(), AccessSettings.DEFAULT), request(method, target, body));
    }

    private void answer(GatewayRequestHandler handler, ServerRequest request) {
        AcceptedRequest accepted = accepted(handler, request.head());
        Parallel.resultOf(Parallel.start(() -> { // in a thread that may wait, so that the request is answered afterwards
            accepted.answer(request, client);
            return client;
        }));
    }

    private static AcceptedRequest accepted(GatewayRequestHandler handler, RequestHead head) {
        return (AcceptedRequest) handler.decide(head);
    }

    private static ServerResponse refusal(GatewayRequestHandler handler, RequestHead head) {
        return (ServerResponse) handler.decide(head);
    }

    private static GatewayEndpoint endpoint(String path, AccessClass access) {
        return GatewayEndpoint.read(path, access, call -> text(call.id() + " " + call.caller() + " draining " + call.draining()));
    }

    private static ServerResponse text(String body) {
        return new ServerResponse(200, Headers.EMPTY, body.getBytes(UTF_8));
    }

    private GatewayRequestHandler handler(AccessSettings settings) {
        return handler(
                ScriptedPort.answering(200, Headers.EMPTY, Framing.DOCUMENT), List.of(), settings);
    }

    private GatewayRequestHandler handler(ExchangePort port, List<GatewayEndpoint> endpoints, AccessSettings settings) {
        return new GatewayRequestHandler(new GatewayDependencies(port, counts, endpoints), settings, log::add, false);
    }

    private static ServerRequest request(String method, String target, String body) {
        return new ServerRequest(head(method, target, LOCAL), RequestBody.of(body.getBytes(UTF_8)), Cancellation.create());
    }

    private static RequestHead head(String method, String target, Headers headers) {
        return new RequestHead(method, target, headers, "192.0.2.1");
    }

    /** Counts by series; a duration counts as one. */
    private static final class Counts implements MetricsPort {

        private final Map<String, Long> all = new HashMap<>();

        long of(String series) {
            return all.getOrDefault(series, 0L);
        }

        @Override
        public void count(Metric.Series series, long amount) {
            all.merge(name(series), amount, Long::sum);
        }

        @Override
        public void duration(Metric.Series series, Duration duration) {
            count(series, 1);
        }

        @Override
        public void gauge(Metric.Series series, DoubleSupplier source) {}

        @Override
        public void adjust(Metric.Series series, long change) {
            count(series, change);
        }

        private static String name(Metric.Series series) {
            return series.metric().name() + series.values();
        }
    }
}
