package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transport sends what it was given, adds nothing, and hands over what it gets. */
public abstract class RequestFidelityTestSuite extends TransportTestSuite {

    private static final List<String> ALLOWED_ADDITIONS = List.of("host", "content-length");

    /**
     * Returns the names, in lower case, of the fields that the library under the transport adds to requests and cannot
     * be kept from adding: none for most.
     */
    protected Set<String> unavoidableFields() {
        return Set.of();
    }

    /** Tells whether the transport refuses requests that its library would change, and sends nothing of them. */
    protected boolean refusesWhatItWouldChange() {
        return false;
    }

    /** Tells whether the fields of a response keep the order and the case that they were sent in. */
    protected boolean keepsFieldsAsReceived() {
        return true;
    }

    @Test
    void execute_getRequest_addsNothingButTheHost() {
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            fixture.fetch(get("/api/tags"));
            ReceivedRequest request = fixture.server().requests().getFirst();
            assertThat(request.requestLine()).isEqualTo("GET /api/tags HTTP/1.1");
            assertThat(namesOf(request)).containsExactly("host");
            assertThat(request.values("host")).containsExactly("127.0.0.1:" + fixture.server().port());
            assertThat(request.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void execute_noBodyOfAMethodThatHasOne_saysLengthZero(String method) {
        ReceivedRequest request = sent(new TransportRequest(method, "/", Headers.EMPTY, new byte[0]));
        assertThat(request.values("content-length")).containsExactly("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "PURGE", "get"})
    void execute_noBodyOfAnotherMethod_saysNothingOfLength(String method) {
        ReceivedRequest request = sent(new TransportRequest(method, "/", Headers.EMPTY, new byte[0]));
        assertThat(request.method()).isEqualTo(method);
        assertThat(namesOf(request)).doesNotContain("content-length", "transfer-encoding");
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
        assertThat(request.values("content-length")).containsExactly("13");
    }

    @Test
    void execute_fieldsOfManyKinds_sendsThemAsGivenAndInOrder() {
        assumeThat(refusesWhatItWouldChange()).isFalse();
        List<Header> fields = List.of(
                new Header("X-b", "2"),
                new Header("content-type", "application/json"),
                new Header("X-A", "1"),
                new Header("x-B", "\u00e9"));
        ReceivedRequest request = sent(new TransportRequest("POST", "/", new Headers(fields), new byte[] {'b'}));

        assertThat(request.fields()).hasSize(6).startsWith("Host: " + request.values("host").getFirst());
        assertThat(request.fields().subList(1, 6))
                .containsExactly(
                        "X-b: 2", "content-type: application/json", "X-A: 1", "x-B: \u00e9", "Content-Length: 1");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//double//slash",
                "/a%2Fb/%7e?x=%2F&y=a+b?&&",
                "/?",
                "*",
                "/../x/./y",
                "/a?b#c",
                "/|{}^",
                "http://other/x",
                "/\u00e9"
            })
    void execute_anyTarget_sendsItByteForByteOrNotAtAll(String target) {
        TransportRequest request = new TransportRequest("OPTIONS", target, Headers.EMPTY, new byte[0]);
        try (TransportFixture fixture = TransportFixture.start(factory(), ConnectionScript.json("{}"))) {
            try {
                fixture.fetch(request);
                assertThat(fixture.server().requests().getFirst().target()).isEqualTo(target);
            } catch (InvalidRequestException refused) {
                assertThat(refusesWhatItWouldChange()).as("it refuses").isTrue();
                assertThat(fixture.server().accepted()).isZero();
            }
        }
    }

    @Test
    void execute_errorStatus_keepsBodyAndRepeatedFields() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nX-Twice: a\r\n"
                        + "content-LENGTH: 16\r\nX-Twice:  b \r\n\r\n{\"error\":\"busy\"}"));
        try (TransportFixture fixture = TransportFixture.start(factory(), script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers().first("retry-after")).isEqualTo("7");
            assertThat(response.headers().all("x-twice")).containsExactly("a", "b");
            assertThat(response.protocol()).isEqualTo("HTTP/1.1");
            if (keepsFieldsAsReceived()) {
                assertThat(response.headers().fields())
                        .containsExactly(
                                new Header("Retry-After", "7"),
                                new Header("X-Twice", "a"),
                                new Header("content-LENGTH", "16"),
                                new Header("X-Twice", "b"));
            }
            assertThat(TransportFixture.readAll(response)).isEqualTo("{\"error\":\"busy\"}");
            assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308, 401, 407, 408, 421, 429, 503})
    void execute_statusThatInvitesToTryAgain_isLeftToTheCaller(int status) {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send("HTTP/1.1 " + status
                + " X\r\nRetry-After: 0\r\nProxy-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                + "Location: /elsewhere\r\nContent-Length: 2\r\n\r\nhi"));
        for (TransportRequest request : List.of(get("/"), post("/api/chat", "{}"))) {
            try (TransportFixture fixture = TransportFixture.start(factory(), script);
                    TransportResponse response = fixture.transport().newCall(request, CallListener.none()).execute()) {
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.headers().first("Retry-After")).isEqualTo("0");
                assertThat(TransportFixture.readAll(response)).isEqualTo("hi");
                assertThat(fixture.server().requests()).hasSize(1);
            }
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

    @Test
    void execute_targetBeyondAscii_isSentAsItIs() {
        assumeThat(refusesWhatItWouldChange()).isFalse();
        assertThat(sent(get("/\u00e9")).target()).isEqualTo("/\u00e9");
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
