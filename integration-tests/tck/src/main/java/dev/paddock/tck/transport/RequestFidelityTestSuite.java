package dev.paddock.tck.transport;

import static dev.paddock.tck.transport.TransportFixture.get;
import static dev.paddock.tck.transport.TransportFixture.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A transport sends requests as given, adds nothing to them, and delivers responses as received. */
public abstract class RequestFidelityTestSuite extends TransportTestSuite {

    /** The fields that a transport may add: they do not change the meaning of a request. */
    private static final Set<String> HARMLESS_ADDITIONS = Set.of("host", "content-length", "user-agent");

    @Safety
    @Test
    void execute_getRequest_addsNothingThatChangesItsMeaning() {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(get("/api/tags"));
            ReceivedRequest request = fixture.server().requests().getFirst();
            assertThat(request.requestLine()).as("the request line").isEqualTo("GET /api/tags HTTP/1.1");
            assertThat(namesOf(request)).as("names of the fields that were sent").isSubsetOf(HARMLESS_ADDITIONS);
            assertThat(request.values("host"))
                    .as("the values of Host")
                    .containsExactly("127.0.0.1:" + fixture.server().port());
            assertThat(request.body()).as("the body of a GET request").isEmpty();
        }
    }

    @Strict("nothing but Host is added to a GET request")
    @Test
    void execute_getRequest_addsNothingButTheHost() {
        assertThat(namesOf(sent(get("/api/tags")))).as("names of the fields that were sent").containsExactly("host");
    }

    @Strict("a request of a method that has a body says Content-Length: 0 if it has none")
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void execute_noBodyOfAMethodThatHasOne_saysLengthZero(String method) {
        ReceivedRequest request = sent(new TransportRequest(method, "/", Headers.EMPTY, new byte[0]));
        assertThat(request.values("content-length")).as("the length of a request without a body").containsExactly("0");
    }

    @Safety
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "PURGE", "get"})
    void execute_anyMethodWithoutBody_isSentAsGiven(String method) {
        ReceivedRequest request = sent(new TransportRequest(method, "/", Headers.EMPTY, new byte[0]));
        assertThat(request.method()).as("the method").isEqualTo(method);
        assertThat(request.values("content-length")).as("the length, if any").isSubsetOf("0");
        assertThat(request.values("transfer-encoding")).as("transfer codings").isEmpty();
    }

    @Strict("a request of a method that has no body says nothing of its length")
    @ParameterizedTest(name = "{0}", quoteTextArguments = false)
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "PURGE", "get"})
    void execute_noBodyOfAnotherMethod_saysNothingOfLength(String method) {
        ReceivedRequest request = sent(new TransportRequest(method, "/", Headers.EMPTY, new byte[0]));
        assertThat(namesOf(request)).as("names of the fields that were sent").doesNotContain("content-length");
    }

    @Safety
    @Test
    void execute_postRequest_sendsTheBodyWithItsLength() {
        ReceivedRequest request = sent(post("/api/chat", "{\"text\":\"grüezi\"}"));

        assertThat(request.body()).as("the body that the server received").isEqualTo("{\"text\":\"grüezi\"}");
        assertThat(request.values("content-length")).as("the length in bytes, not in characters").containsExactly("18");
        assertThat(request.values("transfer-encoding")).as("transfer codings: the length is known").isEmpty();
        assertThat(namesOf(request))
                .as("names of the fields that were sent")
                .allMatch(name -> HARMLESS_ADDITIONS.contains(name) || name.equals("content-type"));
    }

    @Safety
    @Test
    void execute_anyRequest_neverAsksToCloseOrToChangeTheProtocol() {
        ReceivedRequest request = sent(post("/api/chat", "{}"));

        assertThat(request.values("connection")).as("values of Connection").isEmpty();
        assertThat(request.values("upgrade"))
                .as("values of Upgrade: some model servers drop the body of such a request")
                .isEmpty();
        assertThat(request.values("http2-settings")).as("values of HTTP2-Settings").isEmpty();
        assertThat(request.values("accept-encoding"))
                .as("values of Accept-Encoding: the body must not be compressed for the client's sake")
                .isEmpty();
        assertThat(request.values("expect")).as("values of Expect").isEmpty();
        assertThat(request.requestLine()).as("the request line").endsWith(" HTTP/1.1");
    }

    @Safety
    @Test
    void execute_deleteWithBody_sendsTheBody() {
        byte[] body = "{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8);
        ReceivedRequest request = sent(new TransportRequest("DELETE", "/api/delete", Headers.EMPTY, body));

        assertThat(request.method()).as("the method").isEqualTo("DELETE");
        assertThat(request.body()).as("the body of the DELETE request").isEqualTo("{\"model\":\"m\"}");
        assertThat(request.values("content-length")).as("the length of the DELETE request").containsExactly("13");
    }

    @Strict("the fields of a request are sent as given, in order, with Latin-1 values")
    @Test
    void execute_fieldsOfManyKinds_sendsThemAsGivenAndInOrder() {
        List<Header> fields = List.of(
                new Header("X-b", "2"),
                new Header("content-type", "application/json"),
                new Header("X-A", "1"),
                new Header("x-B", "\u00e9"));
        ReceivedRequest request = sent(new TransportRequest("POST", "/", new Headers(fields), new byte[] {'b'}));

        assertThat(request.fields())
                .as("fields of the request: Host first, and nothing added")
                .hasSize(6).startsWith("Host: " + request.values("host").getFirst());
        assertThat(request.fields().subList(1, 6)).as("the given fields, in order, and the length")
                .containsExactly(
                        "X-b: 2", "content-type: application/json", "X-A: 1", "x-B: \u00e9", "Content-Length: 1");
    }

    @Safety
    @Test
    void execute_repeatedFields_keepsTheOrderOfTheirValues() {
        assertThat(sent(withRepeatedFields()).values("x-mixed")).as("values of x-MiXed").containsExactly("a", "b");
    }

    @Strict("the names of the fields of a request keep their case")
    @Test
    void execute_repeatedFields_keepsOrderAndCase() {
        assertThat(sent(withRepeatedFields()).fields())
                .as("fields of the request, with names as given")
                .containsSubsequence("X-First: 1", "x-MiXed: a", "x-MiXed: b");
    }

    private static TransportRequest withRepeatedFields() {
        Headers headers = new Headers(List.of(
                new Header("X-First", "1"), new Header("x-MiXed", "a"), new Header("x-MiXed", "b")));
        return new TransportRequest("GET", "/", headers, new byte[0]);
    }

    @Safety
    @Test
    void execute_targetWithEscapesAndQuery_sendsItUntouched() {
        String target = "/v1/models/library%2Fllama3:latest//x?a=b%20c&d=%C3%A9";

        assertThat(sent(get(target)).target()).as("the target, which must not be normalised").isEqualTo(target);
    }

    static Stream<Named<String>> unusualTargets() {
        return Stream.of(
                named("two slashes", "//double//slash"),
                named("escapes", "/a%2Fb/%7e?x=%2F&y=a+b?&&"),
                named("empty query", "/?"),
                named("asterisk", "*"),
                named("dots", "/../x/./y"),
                named("fragment", "/a?b#c"),
                named("delimiters", "/|{}^"),
                named("absolute form", "http://other/x"),
                named("beyond ASCII", "/\u00e9"));
    }

    @Safety
    @ParameterizedTest(name = "{0}")
    @MethodSource("unusualTargets")
    void execute_unusualTarget_isSentByteForByteOrNotAtAll(String target) {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            try {
                fixture.fetch(new TransportRequest("OPTIONS", target, Headers.EMPTY, new byte[0]));
                assertThat(fixture.server().requests().getFirst().target()).as("the target").isEqualTo(target);
            } catch (InvalidRequestException refused) {
                assertThat(fixture.server().accepted()).as("connections for a refused request").isZero();
            }
        }
    }

    @Strict("an unusual target of a request is sent byte for byte")
    @ParameterizedTest(name = "{0}")
    @MethodSource("unusualTargets")
    void execute_unusualTarget_isSentByteForByte(String target) {
        TransportRequest request = new TransportRequest("OPTIONS", target, Headers.EMPTY, new byte[0]);
        assertThat(sent(request).target()).as("the target").isEqualTo(target);
    }

    private static final ConnectionScript BUSY = ConnectionScript.forEachRequest(connection -> connection.send(
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 7\r\nX-Twice: a\r\n"
                    + "content-LENGTH: 16\r\nX-Twice:  b \r\n\r\n{\"error\":\"busy\"}"));

    @Safety
    @Test
    void execute_errorStatus_keepsBodyAndRepeatedFields() {
        try (TransportFixture fixture = start(BUSY);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.status()).as("the status").isEqualTo(503);
            assertThat(response.headers().first("retry-after")).as("Retry-After, found in any case").isEqualTo("7");
            assertThat(response.headers().all("x-twice"))
                    .as("the values of a repeated field, in order and without white space around them")
                    .containsExactly("a", "b");
            assertThat(response.protocol()).as("the protocol").isEqualTo("HTTP/1.1");
            assertThat(TransportFixture.readAll(response)).as("the body of an error").isEqualTo("{\"error\":\"busy\"}");
            assertThat(response.read(new byte[1], 0, 1)).as("a read after the end of the body").isEqualTo(-1);
        }
    }

    @Strict("the names of the fields of a response keep their order and their case")
    @Test
    void execute_errorStatus_keepsOrderAndCaseOfFields() {
        try (TransportFixture fixture = start(BUSY);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.headers().fields()).as("the fields of the response, as they were sent")
                    .containsExactly(
                            new Header("Retry-After", "7"),
                            new Header("X-Twice", "a"),
                            new Header("content-LENGTH", "16"),
                            new Header("X-Twice", "b"));
        }
    }

    @Safety
    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308, 401, 407, 408, 421, 429, 503})
    void execute_statusThatInvitesToTryAgain_isLeftToTheCaller(int status) {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send("HTTP/1.1 " + status
                + " X\r\nRetry-After: 0\r\nProxy-Authenticate: Basic realm=\"x\"\r\nWWW-Authenticate: Basic realm=\"x\"\r\n"
                + "Location: /elsewhere\r\nContent-Length: 2\r\n\r\nhi"));
        for (TransportRequest request : List.of(get("/"), post("/api/chat", "{}"))) {
            try (TransportFixture fixture = start(script);
                    TransportResponse response = fixture.transport().newCall(request, CallListener.none()).execute()) {
                assertThat(response.status()).as("the status, which the transport must not act on").isEqualTo(status);
                assertThat(response.headers().first("Retry-After"))
                        .as("Retry-After, which the transport must not act on")
                        .isEqualTo("0");
                assertThat(TransportFixture.readAll(response)).as("the body").isEqualTo("hi");
                assertThat(fixture.server().requests())
                        .as("requests that the server received: no retry, no redirect")
                        .hasSize(1);
            }
        }
    }

    @Safety
    @Test
    void execute_setCookie_isNotSentBack() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection ->
                connection.send("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n"));
        try (TransportFixture fixture = start(script)) {
            fixture.fetch(get("/"));
            fixture.fetch(get("/"));
            assertThat(fixture.server().requests().getLast().values("cookie"))
                    .as("values of Cookie in the second request")
                    .isEmpty();
        }
    }

    @Safety
    @Test
    void execute_compressedBody_isHandedOverAsItIs() {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"));
        try (TransportFixture fixture = start(script);
                TransportResponse response = fixture.transport().newCall(get("/"), CallListener.none()).execute()) {
            assertThat(response.headers().first("Content-Encoding"))
                    .as("Content-Encoding, left in place because the body is compressed")
                    .isEqualTo("gzip");
            assertThat(TransportFixture.readAll(response)).as("the body, not decompressed").isEqualTo("abc");
        }
    }

    private ReceivedRequest sent(TransportRequest request) {
        try (TransportFixture fixture = start(ConnectionScript.json("{}"))) {
            fixture.fetch(request);
            return fixture.server().requests().getFirst();
        }
    }

    private List<String> namesOf(ReceivedRequest request) {
        return request.fields().stream()
                .map(field -> field.substring(0, field.indexOf(':')).toLowerCase(Locale.ROOT))
                .toList();
    }
}
