package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings.RateLimit;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what of a client never reaches the server or a log. */
@Timeout(60)
class AccessControlIT {

    private static final ConnectionScript OK = ConnectionScript.json("{\"ok\":true}");
    private static final String CLIENT_KEY = "the-key-of-a-client";

    @ParameterizedTest
    @CsvSource({
        "POST, /api/pull",
        "POST, /api/push",
        "POST, /api/create",
        "POST, /api/copy",
        "DELETE, /api/delete",
        "POST, /api/blobs/sha256:00",
        "HEAD, /api/blobs/sha256:00",
        "POST, /api/signout",
        "DELETE, /api/user/keys/x",
        "POST, /models",
        "POST, /tools",
        "POST, /cors-proxy",
        "GET, /cors-proxy?url=http://169.254.169.254/",
        "GET, /%63ors-proxy",
        "POST, /pause",
        "POST, /update_weights",
        "POST, /api/experimental/web_search",
        "POST, /api/experimental/aliases",
        "POST, /v1/files",
        "PUT, /api/chat",
        "PATCH, /v1/chat/completions",
        "BREW, /v1/chat/completions",
        "POST, /api/%70ull",
        "POST, /API/pull",
        "POST, /api/pull/",
    })
    void administration_isExplainedAndNotPassedOnUnlessAllowed(String method, String path) throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK)) {
            RawClient.Response refused = scene.ask(method, path, "{\"model\":\"http://evil.example/x\"}");

            assertThat(refused.status()).isEqualTo(403);
            if (!method.equals("HEAD")) {
                String begin = path.startsWith("/v1/") ? "{\"error\":{\"message\":\"" : "{\"error\":\"";
                assertThat(refused.body())
                        .startsWith(begin)
                        .contains("paddock.gateway.admin", "--admin", "paddock.gateway.access.allow");
            }
            assertThat(scene.server().requests()).isEmpty();
            assertThat(scene.logLine()).contains("status=403 outcome=refused_admin");
            assertThat(scene.metrics()).contains("paddock_gateway_refused_total{reason=\"admin\"} 1");
        }
        try (GatewayFixture scene = GatewayFixture.of(OK, access(settings -> settings.withAdministration(true)))) {
            assertThat(scene.ask(method, path, "{}").status()).isEqualTo(200);
            assertThat(scene.server().requests()).hasSize(1);
        }
    }

    @Test
    void keys_ofClients_areAskedForAndNeverPassedOn() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK, access(settings -> settings.withKeyHashes(List.of(sha256(CLIENT_KEY)))))) {
            assertThat(scene.ask("POST", "/api/chat", "{}").status()).isEqualTo(401);
            RawClient.Response wrong = scene.ask("POST", "/v1/chat/completions", "{}", "Authorization: Bearer " + CLIENT_KEY + "x");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.body()).contains("\"error\":{\"message\":", "\"code\":\"invalid_api_key\"").doesNotContain(CLIENT_KEY);
            assertThat(scene.server().requests()).isEmpty();

            assertThat(scene.ask("POST", "/api/chat", "{}", "Authorization: Bearer " + CLIENT_KEY).status()).isEqualTo(200);
            assertThat(scene.ask("POST", "/v1/messages", "{}", "x-api-key: " + CLIENT_KEY).status()).isEqualTo(200);

            for (ReceivedRequest received : scene.server().requests()) {
                assertThat(received.values("Accept-Encoding")).containsExactly("identity");
            assertThat(received.values("Authorization")).containsExactly("Bearer " + GatewayFixture.SERVER_KEY);
                assertThat(received.fields().toString()).doesNotContain(CLIENT_KEY);
            }
            assertThat(scene.logLines(4).toString()).doesNotContain(CLIENT_KEY, GatewayFixture.SERVER_KEY);
        }
    }

    @Test
    void fieldsOfTheConnectionAndCredentials_neverReachTheServer() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK)) {
            RawClient.Response answer = scene.ask(
                    "POST",
                    "/api/chat",
                    "{}",
                    "Connection: keep-alive, authorization, x-foo, content-type, host, x-request-id",
                    "X-Foo: 1",
                    "Keep-Alive: timeout=5",
                    "TE: trailers",
                    "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
                    "Proxy-Authorization: Basic Y2xpZW50OmtleQ==",
                    "Proxy-Connection: keep-alive",
                    "Authorization: Bearer " + CLIENT_KEY,
                    "x-api-key: " + CLIENT_KEY,
                    "Cookie: session=" + CLIENT_KEY,
                    "Accept-Encoding: gzip",
                    "X-Forwarded-For: 6.6.6.6",
                    "X-Real-IP: 6.6.6.6",
                    "X-HTTP-Method-Override: DELETE",
                    "X-HTTP-Method: DELETE",
                    "X-Method-Override: DELETE",
                    "X-Original-URI: /api/delete",
                    "X-Original-URL: /api/delete",
                    "X-Rewrite-URL: /api/delete",
                    "X-Original-Method: DELETE",
                    "X-Envoy-Original-Path: /api/delete",
                    "X-Remote-IP: 6.6.6.6",
                    "X-Originating-IP: 6.6.6.6",
                    "Forwarded: for=6.6.6.6",
                    "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                    "Content-Type: application/json",
                    "X-Request-Id: mine-1");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers("X-Request-Id")).containsExactly("mine-1");
            ReceivedRequest received = scene.server().requests().getFirst();
            assertThat(received.fields().toString())
                    .doesNotContain(CLIENT_KEY, "6.6.6.6", "gzip", "h2c", "Y2xpZW50", "DELETE", "/api/delete");
            for (String gone : List.of("X-Foo", "Keep-Alive", "TE", "Upgrade", "HTTP2-Settings", "Cookie")) {
                assertThat(received.values(gone)).as(gone).isEmpty();
            }
            assertThat(received.values("Authorization")).containsExactly("Bearer " + GatewayFixture.SERVER_KEY);
            assertThat(received.values("Content-Type")).containsExactly("application/json");
            assertThat(received.values("X-Request-Id")).containsExactly("mine-1");
            assertThat(received.values("traceparent"))
                    .containsExactly("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            assertThat(received.values("Via")).hasSize(1);
        }
    }

    @Test
    void fieldsOfTheServersConnectionAndItsCookies_neverReachTheClient() throws IOException {
        ConnectionScript script = ConnectionScript.forEachRequest(connection -> connection.send("HTTP/1.1 200 OK\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
                + "Keep-Alive: timeout=5\r\nSet-Cookie: a=b\r\nWWW-Authenticate: Basic\r\nX-Request-Id: theirs\r\n"
                + "Access-Control-Allow-Origin: *\r\nX-Kept: 1\r\n\r\n{}"));
        try (GatewayFixture scene = GatewayFixture.of(script)) {
            RawClient.Response answer = scene.ask("GET", "/api/tags", "");

            assertThat(answer.head().lines())
                    .noneMatch(field -> field.matches("(?i)(X-Hop|Keep-Alive|Set-Cookie|WWW-Authenticate|Access-Control).*"));
            assertThat(answer.header("X-Kept")).isEqualTo("1");
            assertThat(answer.headers("X-Request-Id")).singleElement().asString().startsWith("req_");
            assertThat(answer.headers("X-Upstream-Request-Id")).containsExactly("theirs");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: evil.com, 403",
        "Origin: https://evil.com, 403",
        "Origin: null, 403",
        "content_length: 5, 400",
        "x_forwarded_for: 1.2.3.4, 400",
        "Content.Length: 5, 400",
        "X_HTTP_Method_Override: DELETE, 400",
    })
    void requestThatIsNotLetIn_isNotPassedOn(String field, int status) throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK)) {
            RawClient.Response answer = scene.ask("POST", "/v1/messages", "{}", field);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).startsWith("{\"type\":\"error\",\"error\":{");
            assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
            assertThat(scene.server().requests()).isEmpty();
        }
    }

    /** What would be a body elsewhere must not be read as the next request. */
    @ParameterizedTest
    @ValueSource(strings = {"Content_Length: 44", "content.length: 44", "Transfer_Encoding: chunked", "Host: evil.com\r\nContent_Length: 44"})
    void headerThatHidesTheEndOfTheRequest_endsTheConnection(String field) throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK); RawClient client = new RawClient(scene.port())) {
            String host = field.startsWith("Host") ? "" : "Host: localhost\r\n";
            client.send("GET /api/tags HTTP/1.1\r\n" + host + field + "\r\n\r\nGET /api/version HTTP/1.1\r\nHost: localhost\r\n\r\n");

            RawClient.Response answer = client.response();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.read()).isEqualTo(-1);
            assertThat(scene.server().requests()).isEmpty();
        }
    }

    @Test
    void pathThatIsAllowed_isRelayedAndNoOther() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(
                OK, access(settings -> settings.withAllowedPaths(List.of("/api/experimental/web_search", "/v1/files/*"))))) {
            assertThat(scene.ask("POST", "/api/experimental/web_search", "{}").status()).isEqualTo(200);
            assertThat(scene.ask("DELETE", "/v1/files/f1?x=y", "").status()).isEqualTo(200);
            assertThat(scene.ask("POST", "/api/experimental/web_fetch", "{}").status()).isEqualTo(403);
            assertThat(scene.ask("POST", "/v1/files", "{}").status()).isEqualTo(403);
            assertThat(scene.ask("POST", "/v1/files/%61", "{}").status()).isEqualTo(403);
            assertThat(scene.ask("POST", "/api/pull", "{}").status()).isEqualTo(403);
        }
    }

    @Test
    void browser_ofThisMachine_isTold() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK)) {
            RawClient.Response preflight = scene.ask(
                    "OPTIONS",
                    "/api/chat",
                    "",
                    "Origin: http://localhost:3000",
                    "Access-Control-Request-Method: POST",
                    "Access-Control-Request-Headers: content-type, x-stainless-os");
            assertThat(preflight.status()).isEqualTo(204);
            assertThat(preflight.header("Access-Control-Allow-Headers")).isEqualTo("content-type, x-stainless-os");
            assertThat(scene.server().requests()).isEmpty();

            RawClient.Response answer = scene.ask("POST", "/api/chat", "{}", "Origin: http://localhost:3000");
            assertThat(answer.headers("Access-Control-Allow-Origin")).containsExactly("http://localhost:3000");
            assertThat(scene.server().requests().getFirst().values("Origin")).isEmpty();
        }
    }

    @Test
    void tooManyRequests_areToldToWait() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK, access(settings -> settings.withRate(new RateLimit(0.01, 2, 100))))) {
            assertThat(scene.ask("GET", "/api/tags", "").status()).isEqualTo(200);
            assertThat(scene.ask("GET", "/api/tags", "").status()).isEqualTo(200);
            RawClient.Response refused = scene.ask("GET", "/api/tags", "");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 100);
            assertThat(scene.server().requests()).hasSize(2);
        }
    }

    @Test
    void gatewayThatIsItsOwnServer_findsTheLoop() throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK)) {
            scene.ask("GET", "/api/tags", "");
            String via = scene.server().requests().getFirst().values("Via").getFirst();

            assertThat(scene.ask("GET", "/api/tags", "", "Via: " + via).status()).isEqualTo(508);
            assertThat(scene.server().requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x\u001b[31m", "a;b=c", "12345678901234567890123456789012345678901234567890123456789012345"})
    void requestId_ofOtherCharacters_isReplaced(String id) throws IOException {
        try (GatewayFixture scene = GatewayFixture.of(OK)) {
            RawClient.Response answer = scene.ask("GET", "/api/tags", "", "X-Request-Id: " + id);

            assertThat(answer.head().lines().toString() + scene.logLine()).doesNotContain(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "../../x", "http://x/..", "a\\r\\nSet-Cookie: b=c", "\\u001b[31m", "ll\\u0430ma", "a b", "x\\\" outcome=\\\"ok",
    })
    void modelName_thatIsNone_isPassedOnAndNowhereElse(String model) throws IOException {
        String body = "{\"model\":\"" + model + "\"}";
        try (GatewayFixture scene = GatewayFixture.of(OK)) {
            RawClient.Response answer = scene.ask("POST", "/api/chat", body);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(scene.server().requests().getFirst().body()).isEqualTo(body);
            assertThat(scene.logLine()).contains(" model=- ");
        }
    }

    @Test
    void promptsKeysAndQueries_areNowhereInTheLogOrTheMetrics() throws IOException {
        String secret = "xyzzy";
        try (GatewayFixture scene =
                GatewayFixture.forAnyPath(ConnectionScript.json("{\"answer\":\"" + secret + "\"}"), Map.of())) {
            scene.ask(
                    "POST",
                    "/v1/other?q=" + secret,
                    "{\"model\":\"m\",\"prompt\":\"" + secret + "\"}",
                    "Authorization: Bearer " + secret,
                    "X-" + secret + ": " + secret,
                    "User-Agent: " + secret);
            scene.ask("OTHER", "/other?" + secret, "");

            List<String> lines = scene.logLines(2);
            assertThat(lines.toString())
                    .doesNotContainIgnoringCase(secret)
                    .contains("method=POST path=/v1/other operation=other model=m status=200")
                    .contains("method=OTHER path=/other operation=other");
            assertThat(scene.metrics()).doesNotContainIgnoringCase(secret);
        }
    }

    @Test
    void methodsAndPathsOfClients_areNowhereInTheMetrics() throws IOException {
        String word = "xyzzy";
        try (GatewayFixture scene = GatewayFixture.forAnyPath(ConnectionScript.json("{}"), Map.of())) {
            scene.ask(word.toUpperCase(Locale.ROOT), "/v1/" + word, "");

            assertThat(scene.logLine()).contains("method=XYZZY path=/v1/xyzzy ");
            assertThat(scene.metrics()).doesNotContainIgnoringCase(word);
        }
    }

    private static UnaryOperator<GatewaySettings> access(UnaryOperator<AccessSettings> change) {
        return settings -> settings.withAccess(change.apply(settings.access()));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
