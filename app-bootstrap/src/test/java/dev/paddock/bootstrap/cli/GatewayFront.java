package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.adapters.http.gateway.Operations;
import dev.paddock.adapters.http.gateway.operations.OperationsSources;
import dev.paddock.adapters.http.gateway.operations.OperatorAnswers;
import dev.paddock.adapters.http.gateway.server.Reply;
import dev.paddock.adapters.http.gateway.server.RequestHead;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.exchange.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the operator of a gateway sees, behind a server of the JDK; it may be told to answer otherwise. */
final class GatewayFront implements AutoCloseable {

    private final HttpServer server;
    private final Operations operations;
    private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    private final Queue<Reply> others = new ArrayDeque<>(); // filled before the first request
    private int answersBefore;

    private GatewayFront(HttpServer server, Operations operations) {
        this.server = server;
        this.operations = operations;
    }

    static GatewayFront of(Paddock paddock) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            OperationsSources sources = new OperationsSources(
                    paddock.pool(), paddock.breakers(), paddock.durations(), paddock::writeMetrics);
            GatewayFront front = new GatewayFront(server, new OperatorAnswers(sources));
            server.createContext("/", front::answer);
            server.start();
            return front;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Answers with something else after a number of answers. */
    void thenAnswer(int afterAnswers, int status, String body) {
        answersBefore = afterAnswers;
        others.add(new Reply(status, Headers.of("Content-Type", "application/json"), body.getBytes(UTF_8)));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the values of a field in the requests that came, null where it was not there. */
    List<String> sent(String field) {
        return requests.stream().map(request -> request.getRequestHeaders().getFirst(field)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange);
        RequestHead head = new RequestHead(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), Headers.EMPTY, "127.0.0.1");
        Reply reply = requests.size() > answersBefore && !others.isEmpty() ? others.remove() : operations.answer(head, false);
        reply.head().headers().fields().forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
        exchange.sendResponseHeaders(reply.head().status(), reply.body().length);
        exchange.getResponseBody().write(reply.body());
        exchange.close();
    }
}
