package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A transport sends what it was given, adds nothing, and hands over what it gets. */
public abstract class RequestFidelityTestSuite extends TransportTestSuite {

    private static final List<String> ALLOWED_ADDITIONS = List.of("host", "content-length");

    /**
     * Returns the names, in lower case, of the fields that the library under the transport adds to requests and cannot be
     * kept from adding: none for most.
     */
    protected Set<String> unavoidableFields() {
        return Set.of();
    }

    @Test
    void execute_getRequest_addsNothingButTheHost() {
        assertThat(namesOf(sent(get("/api/tags")))).containsExactly("host");
    }

    @Test
    void execute_postRequest_sendsTheBodyWithItsLength() {
        ReceivedRequest request = sent(post("/api/chat", "{\"text\":\"grüezi\"}"));

        assertThat(request.body()).isEqualTo("{\"text\":\"grüezi\"}");
        assertThat(request.values("content-length")).containsExactly("18");
        assertThat(request.values("transfer-encoding")).isEmpty();
        assertThat(namesOf(request)).allMatch(name -> ALLOWED_ADDITIONS.contains(name) || name.equals("content-type"));
    }

    @Test
    void execute_anyRequest_neverAsksToCloseOrToChangeTheProtocol() {
        ReceivedRequest request = sent(post("/api/chat", "{}"));

        assertThat(request.values("connection")).isEmpty();
        assertThat(request.values("upgrade")).isEmpty();
        assertThat(request.values("http2-settings")).isEmpty();
        assertThat(request.values("accept-encoding")).isEmpty();
        assertThat(request.values("expect")).isEmpty();
        assertThat(request.requestLine()).endsWith(" HTTP/1.1");
    }

    @Test
    void execute_deleteWithBody_sendsTheBody() {
        byte[] body = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        ReceivedRequest request = sent(new TransportRequest("DELETE", "/api/delete", Headers.EMPTY, body));

        assertThat(request.method()).isEqualTo("DELETE");
        assertThat(request.body()).isEqualTo("{\"model\":\"m\"}");
    }

    @Test
    void execute_repeatedFields_keepsOrderAndCase() {
        Headers headers = new Headers(List.of(
                new Header("X-First", "1"), new Header("x-MiXed", "a"), new Header("x-MiXed", "b")));
        ReceivedRequest request = sent(new TransportRequest("GET", "/", headers, new byte[0]));

        assertThat(request.fields()).containsSubsequence("X-First: 1", "x-MiXed: a", "x-MiXed: b");
    }

    @Test
    void execute_unusualTarget_sendsItUntouched() {
        String target = "/v1/models/library%2Fllama3:latest//x?a=b%20c&d=%C3%A9";

        assertThat(sent(get(target)).target()).isEqualTo(target);
    }

    @Test
    void execute_errorStatus_keepsBodyAndRepeatedFields() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nX-Twice: a\r\nX-Twice: b\r\n"
                        + "Content-Length: 16\r\n\r\n{\"error\":\"busy\"}"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers().first("retry-after")).isEqualTo("7");
            assertThat(response.headers().all("x-twice")).containsExactly("a", "b");
            assertThat(TransportFixture.readAll(response)).isEqualTo("{\"error\":\"busy\"}");
        }
    }

    @Test
    void execute_redirect_isNotFollowed() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.send("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.status()).isEqualTo(302);
            TransportFixture.readAll(response);
            assertThat(fixture.server().requests()).hasSize(1);
        }
    }

    @Test
    void execute_refusedWithRetryAfter_isNotSentAgain() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(post("/api/chat", "{}"));
            assertThat(fixture.server().requests()).hasSize(1);
        }
    }

    @Test
    void execute_setCookie_isNotSentBack() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.send("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().requests().getLast().values("cookie")).isEmpty();
        }
    }

    @Test
    void execute_compressedBody_isHandedOverAsItIs() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.headers().first("Content-Encoding")).isEqualTo("gzip");
            assertThat(TransportFixture.readAll(response)).isEqualTo("abc");
        }
    }

    private ReceivedRequest sent(TransportRequest request) {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            fixture.fetch(request);
            return fixture.server().requests().getFirst();
        }
    }

    private List<String> namesOf(ReceivedRequest request) {
        return request.fields().stream()
                .map(field -> field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT))
                .filter(name -> !unavoidableFields().contains(name))
                .toList();
    }
}
