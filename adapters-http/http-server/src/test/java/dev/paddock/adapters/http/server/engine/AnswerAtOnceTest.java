package dev.paddock.adapters.http.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.Responder;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.testsupport.RawClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that are answered on the thread of their connection, between others that are not. */
class AnswerAtOnceTest {

    private static final String AT_ONCE = "/now";

    private final List<Boolean> onVirtualThreads = new CopyOnWriteArrayList<>();
    private final RecordingHandler handler = new RecordingHandler().atOnce(AT_ONCE).answering(this::answer);
    private final HttpServer server = HttpServer.start(HttpServerSettings.of("127.0.0.1", 0), handler);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder_eachOnItsThread() throws Exception {
        String requests = (head(AT_ONCE) + head("/later")).repeat(200);
        try (RawClient client = new RawClient(server.port())) {
            client.send(requests);
            for (int request = 0; request < 400; request++) {
                assertThat(client.response().body()).isEqualTo((request % 2 == 0 ? AT_ONCE : "/later") + " a b c");
            }
        }
        assertThat(onVirtualThreads).hasSize(400);
        for (int request = 0; request < 400; request++) {
            assertThat(onVirtualThreads.get(request)).isEqualTo(request % 2 == 1);
        }
    }

    @Test
    void pieces_ofAResponse_areSentAsOne() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get(AT_ONCE).response().chunks()).containsExactly("/now a b c");
        }
    }

    @Test
    void bodyOfTheLargestSize_isSentWithoutWaiting() throws Exception {
        String part = "x".repeat(Responder.ROOM / 8);
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            for (int count = 0; count < 8; count++) {
                assertThat(responder.add(part.getBytes(UTF_8))).isTrue();
                responder.flush();
            }
            responder.end();
        });
        try (RawClient client = new RawClient(server.port())) {
            for (int request = 0; request < 4; request++) {
                assertThat(client.get(AT_ONCE).response().body()).hasSize(Responder.ROOM);
            }
        }
    }

    @Test
    void handlerThatFails_cutsItsResponse() throws Exception {
        handler.answering((request, responder) -> {
            responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
            responder.add("begun".getBytes(UTF_8));
            throw new IllegalStateException("on purpose");
        });
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.get(AT_ONCE).textUntilEnd()).endsWith("\r\n5\r\nbegun\r\n");
        }
    }

    private void answer(ServerRequest request, Responder responder) {
        onVirtualThreads.add(Thread.currentThread().isVirtual());
        responder.begin(new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN));
        for (String piece : List.of(request.head().path(), " a", " b", " c")) {
            responder.add(piece.getBytes(UTF_8));
            responder.flush();
        }
        responder.end();
    }

    private static String head(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
}
