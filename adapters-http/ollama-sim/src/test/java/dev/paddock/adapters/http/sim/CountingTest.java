package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.recording.RecordedRequest;
import dev.paddock.adapters.http.sim.recording.SimulatorCounters;
import dev.paddock.testsupport.RawClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountingTest extends SimulatorTest {
    @Test
    void counters_keepAlive_countConnectionsAndRequestsTruly() throws Exception {
        RawClient first = client();
        first.get("/api/version").response();
        first.get("/api/version").response();
        first.get("/api/tags?x=1").response();
        client().get("/api/version").response();

        SimulatorCounters counters = simulator().counters();
        assertThat(counters.connectionsAccepted()).isEqualTo(2);
        assertThat(counters.connectionsOpen()).isEqualTo(2);
        assertThat(counters.requests()).isEqualTo(4);
        assertThat(counters.requestsTo("/api/version")).isEqualTo(3);
        assertThat(counters.requestsTo("/api/tags")).isEqualTo(1);
        assertThat(counters.requestsTo("/api/ps")).isZero();
    }

    @Test
    void requests_recorded_withHeadersBodyAndOrigin() throws Exception {
        RawClient client = client();
        client.get("/api/version").response();
        client.send(("POST /api/show HTTP/1.1\r\nhOST: localhost\r\n"
            + "X-One: ü\r\nx-two: 2\r\nContent-Length: 4\r\n\r\n{\"ä").getBytes(StandardCharsets.UTF_8));
        client.response();

        RecordedRequest recorded = simulator().requests().get(1);
        assertThat(recorded.method()).isEqualTo("POST");
        assertThat(recorded.path()).isEqualTo("/api/show");
        assertThat(recorded.body()).isEqualTo("{\"ä");
        assertThat(recorded.headers()).extracting(RecordedRequest.HeaderField::name)
            .containsExactly("hOST", "X-One", "x-two", "Content-Length");
        assertThat(recorded.header("X-TWO")).contains("2");
        assertThat(recorded.connection()).isEqualTo(1);
        assertThat(recorded.number()).isEqualTo(2);
    }

    @Test
    void connection_closeRequested_isCountedAndHonoured() throws Exception {
        RawClient client = client().send("GET /api/version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        RawClient.Response response = client.response();

        assertThat(response.head().header("Connection")).isEqualTo("close");
        assertThat(client.read()).isEqualTo(-1);
        assertThat(simulator().counters().connectionCloseHeadersSeen()).isEqualTo(1);
        await(counters -> counters.connectionsOpen() == 0);
    }

    @Test
    void connectionCost_isPaidByTheFirstRequestOfAConnectionOnly() throws Exception {
        start(settings().connectionCost(Duration.ofSeconds(2)));
        RawClient client = client();
        long begin = System.nanoTime();
        client.get("/api/version").response();
        long first = System.nanoTime() - begin;
        for (int count = 0; count < 5; count++) {
            client.get("/api/version").response();
        }
        long others = System.nanoTime() - begin - first;

        assertThat(Duration.ofNanos(first)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(Duration.ofNanos(others)).isLessThan(Duration.ofSeconds(5 * 2));
    }

    @Test
    void reset_afterWork_forgetsEverythingButOpenConnections() throws Exception {
        RawClient client = client();
        client.exchange("/api/chat", CHAT);
        client.request("DELETE", "/api/delete", "{\"model\":\"llava:7b\"}").response();
        simulator().faults().enqueue(Fault.busy());
        await(counters -> counters.responsesCompleted() == 2);

        simulator().reset();

        assertThat(simulator().counters().requests()).isZero();
        assertThat(simulator().counters().connectionsOpen()).isEqualTo(1);
        assertThat(simulator().requests()).isEmpty();
        assertThat(simulator().loadedModels()).isEmpty();
        assertThat(simulator().faults().remaining()).isZero();
        assertThat(json(client.get("/api/tags").response().body()).path("models")).hasSize(4);
    }

    @Test
    void close_withAnswerUnderWay_cutsIt() throws Exception {
        simulator().faults().enqueue(new Fault.Stall(1));
        RawClient client = client().postJson("/api/chat", CHAT);
        client.head();
        client.chunkText();

        simulator().close();

        assertThat(client.bytesUntilClose()).isEmpty();
        simulator().close();
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws Exception {
        RawClient client = client();
        String get = "GET /api/version HTTP/1.1\r\nHost: localhost\r\n\r\n";
        client.send(get + get.replace("version", "ps") + get);

        assertThat(client.response().body()).contains("version");
        assertThat(client.response().body()).contains("models");
        assertThat(client.response().body()).contains("version");
    }
}
