package dev.paddock.adapters.http.okhttp;

import static dev.paddock.adapters.http.okhttp.Calls.text;
import static dev.paddock.adapters.http.okhttp.Calls.transport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of requests on the wire, and what comes back. */
class OkHttpRequestTest {

    private final BlockingQueue<String> requests = Calls.queue();
    private final ScriptedServer server = new ScriptedServer(peer -> {
        for (String request = peer.request(); !request.isEmpty(); request = peer.request()) {
            requests.add(request);
            peer.send("HTTP/1.1 404 No Such Thing\r\nX-Twice: a\r\ncontent-LENGTH: 4\r\nX-Twice:  b \r\n\r\ngone");
        }
    });
    private final HttpTransport transport = transport(server);

    @AfterEach
    void close() throws Exception {
        transport.close();
        server.close();
    }

    private String onTheWire(String method, String target, Headers headers, String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        try (TransportResponse response =
                transport.newCall(new TransportRequest(method, target, headers, bytes), CallListener.none()).execute()) {
            text(response);
        }
        return Calls.take(requests);
    }

    @Test
    void execute_get_sendsHostAndNothingElse() throws Exception {
        assertThat(onTheWire("GET", "/api/tags", Headers.EMPTY, ""))
                .isEqualTo("GET /api/tags HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n");
    }

    @Test
    void execute_post_sendsFieldsAsGivenThenLength() throws Exception {
        Headers headers = new Headers(List.of(
                new Header("X-b", "2"),
                new Header("content-type", "application/json"),
                new Header("X-A", "1"),
                new Header("x-B", "\u00e9")));
        assertThat(onTheWire("POST", "/api/chat", headers, "{\"model\":\"m\"}"))
                .isEqualTo("POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                        + "\r\nX-b: 2\r\ncontent-type: application/json\r\nX-A: 1\r\nx-B: \u00e9"
                        + "\r\nContent-Length: 13\r\n\r\n{\"model\":\"m\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void execute_emptyBodyOfMethodThatHasOne_saysLengthZero(String method) throws Exception {
        assertThat(onTheWire(method, "/", Headers.EMPTY, "")).endsWith("\r\nContent-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "OPTIONS", "PURGE", "get"})
    void execute_emptyBodyOfOtherMethod_saysNothingOfLength(String method) throws Exception {
        assertThat(onTheWire(method, "/", Headers.EMPTY, ""))
                .startsWith(method + " / HTTP/1.1\r\n")
                .doesNotContainIgnoringCase("content-length");
    }

    @Test
    void execute_deleteWithBody_sendsIt() throws Exception {
        assertThat(onTheWire("DELETE", "/api/delete", Headers.EMPTY, "{}"))
                .startsWith("DELETE /api/delete HTTP/1.1\r\n")
                .endsWith("Content-Length: 2\r\n\r\n{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "//double//slash", "/a%2Fb/%7e?x=%2F&y=a+b?&&", "/?", "*", "/../x/./y", "/a?b#c", "/|{}^",
        "http://other/x", "/\u00e9"
    })
    void execute_anyTarget_sendsItByteForByte(String target) throws Exception {
        assertThat(onTheWire("OPTIONS", target, Headers.EMPTY, "")).startsWith("OPTIONS " + target + " HTTP/1.1\r\n");
    }

    @Test
    void execute_errorStatus_isAResponseWithItsFieldsAndBody() {
        try (TransportResponse response = transport.newCall(Calls.get(), CallListener.none()).execute()) {
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.protocol()).isEqualTo("HTTP/1.1");
            assertThat(response.headers().fields())
                    .containsExactly(
                            new Header("X-Twice", "a"), new Header("content-LENGTH", "4"), new Header("X-Twice", "b"));
            assertThat(text(response)).isEqualTo("gone");
            assertThat(response.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @Test
    void execute_twice_isRefused() {
        TransportCall call = transport.newCall(Calls.get(), CallListener.none());
        call.execute().close();
        assertThatIllegalStateException().isThrownBy(call::execute);
    }

    @Test
    void execute_largeBody_arrivesWhole() throws Exception {
        byte[] body = new byte[3_000_000];
        Arrays.fill(body, (byte) 'x');
        try (TransportResponse response = transport.newCall(Calls.post(body), CallListener.none()).execute()) {
            text(response);
        }
        assertThat(Calls.take(requests)).endsWith("\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1));
    }

    @Test
    void execute_redirectRetryAfterCookieAndChallenge_areLeftToTheCaller() throws Exception {
        List<String> statuses = List.of("302 Found", "503 Busy", "401 No", "429 Wait", "408 Slow");
        BlockingQueue<String> seen = Calls.queue();
        try (ScriptedServer tempting = new ScriptedServer(peer -> {
                    for (String request = peer.request(); !request.isEmpty(); request = peer.request()) {
                        seen.add(request);
                        String status = statuses.get(seen.size() - 1);
                        peer.send("HTTP/1.1 " + status + "\r\nLocation: /else\r\nRetry-After: 0\r\nSet-Cookie: a=b\r\n"
                                + "WWW-Authenticate: Basic realm=\"x\"\r\nContent-Encoding: gzip\r\n"
                                + "Content-Length: 1\r\n\r\nx");
                    }
                });
                HttpTransport tempted = transport(tempting)) {
            for (int status : new int[] {302, 503, 401, 429, 408}) {
                try (TransportResponse response = tempted.newCall(Calls.post("x"), CallListener.none()).execute()) {
                    assertThat(response.status()).isEqualTo(status);
                    assertThat(text(response)).isEqualTo("x");
                }
            }
            assertThat(seen)
                    .hasSize(5)
                    .allMatch(request -> !request.contains("Cookie") && request.startsWith("POST / "));
        }
    }
}
