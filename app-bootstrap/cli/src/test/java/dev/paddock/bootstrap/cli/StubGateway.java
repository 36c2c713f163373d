package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.GatewayEndpoints;
import dev.paddock.adapters.http.gateway.operations.CacheEndpoints;
import dev.paddock.adapters.http.gateway.operations.OperatorEndpoints;
import dev.paddock.adapters.http.server.AcceptedRequest;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.RequestDecision;
import dev.paddock.adapters.http.server.RequestHandler;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.server.engine.HttpServer;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the operator of a gateway sees, behind its server; it may be told to answer otherwise. */
final class StubGateway implements RequestHandler, AutoCloseable {

    private final GatewayEndpoints operations;
    private final HttpServer server;
    private final String url;
    private final List<RequestHead> requests = new CopyOnWriteArrayList<>();
    private volatile int answersAsUsual = Integer.MAX_VALUE;
    private volatile ServerResponse other = reply(500, "");
    private volatile int answersBeforeLast = Integer.MAX_VALUE;
    private volatile ServerResponse last = other;

    private StubGateway(GatewayEndpoints operations) {
        this.operations = operations;
        this.server = HttpServer.start(HttpServerSettings.of("127.0.0.1", 0), this);
        this.url = "http://127.0.0.1:" + server.port();
    }

    static StubGateway of(Paddock paddock) {
        List<GatewayEndpoint> endpoints = new ArrayList<>(OperatorEndpoints.of(
                paddock.pool(), paddock.circuitBreakers(), paddock.durations(), paddock::writeMetrics));
        endpoints.addAll(CacheEndpoints.of(paddock.answerCache(), paddock.semanticCache(), caller -> caller));
        return new StubGateway(new GatewayEndpoints(endpoints));
    }

    /** Answers with something else after a number of answers. */
    void thenAnswer(int afterAnswers, int status, String body) {
        other = reply(status, body);
        answersAsUsual = afterAnswers;
    }

    /** Answers a number of requests like that, and all further ones with a status alone. */
    void thenAnswerAgainAfter(int answers, int status) {
        last = reply(status, "{}");
        answersBeforeLast = answersAsUsual + answers;
    }

    String url() {
        return url;
    }

    /** Returns the values of a field in the requests that came, null where it was not there. */
    List<String> sent(String field) {
        List<String> values = new ArrayList<>();
        requests.forEach(request -> values.add(request.headers().first(field)));
        return values;
    }

    @Override
    public RequestDecision decide(RequestHead head) {
        return new AcceptedRequest() {
            @Override
            public void answer(ServerRequest request, Responder responder) {
                StubGateway.this.answer(request, responder);
            }

            @Override
            public ServerResponse renderRefusal(int status, String reason) {
                return reply(status, reason);
            }

            @Override
            public String caller() {
                return "test";
            }
        };
    }

    @Override
    public ServerResponse renderRefusal(int status, String reason, String path, String client) {
        return reply(status, reason);
    }

    private void answer(ServerRequest request, Responder responder) {
        RequestHead head = request.head();
        requests.add(head);
        if (requests.size() > answersBeforeLast) {
            responder.send(last);
        } else if (requests.size() > answersAsUsual) {
            responder.send(other);
        } else {
            EndpointCall call = new EndpointCall(request, "id", head.client(), CallContext.create(), false, () -> true);
            operations.find(head.method(), head.path()).handler().handle(call, responder);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static ServerResponse reply(int status, String body) {
        return new ServerResponse(status, Headers.of("Content-Type", "application/json"), body.getBytes(UTF_8));
    }
}
