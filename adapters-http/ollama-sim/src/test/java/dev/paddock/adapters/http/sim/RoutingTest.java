package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest extends SimulatorTest {
    @Test
    void root_get_saysThatItRuns() throws Exception {
        RawClient.Response response = client().get("/").response();

        assertThat(response.body()).isEqualTo("Ollama is running");
        assertThat(response.head().header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void unknownPath_isPlainText() throws Exception {
        RawClient.Response response = client().get("/api/nothing").response();

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("404 page not found");
        assertThat(response.head().header("Content-Type")).isEqualTo("text/plain");
    }

    @Test
    void wrongMethod_isPlainTextAndNamesTheRightOne() throws Exception {
        RawClient.Response response = client().get("/api/chat").response();

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.body()).isEqualTo("405 method not allowed");
        assertThat(response.head().header("Allow")).isEqualTo("POST");
    }

    @Test
    void head_ofTags_hasNoBody() throws Exception {
        RawClient client = client().request("HEAD", "/api/version", "");

        assertThat(client.head().status()).isEqualTo(200);
        assertThat(client.get("/api/version").response().status()).isEqualTo(200);
        client.request("HEAD", "/api/ps", "");
        assertThat(client.head().status()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/chat/,307,/api/chat", "GET,/api/tags/,301,/api/tags", "POST,//api/chat,301,/api/chat"})
    void untidyPath_isRedirected(String method, String path, int status, String location) throws Exception {
        RawClient.Response response = client().request(method, path, "{}").response();

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.head().header("Location")).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,200", "127.0.0.1:11434,200", "[::1]:11434,200", "10.1.2.3,200", "gpu.local,200", "x.internal,200",
        "evil.example,403", "8.8.8.8,403"})
    void host_onALoopbackListener_mustBeLocal(String host, int status) throws Exception {
        RawClient.Response response = client()
            .send("GET /api/version HTTP/1.1\r\nHost: " + host + "\r\n\r\n").response();

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body().isEmpty()).isEqualTo(status == 403);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000,200", "https://127.0.0.1,200", "app://obsidian.md,200", "http://box.local,200",
        "http://evil.example,403", "http://localhost.evil.example,403", "null,403"})
    void origin_given_mustBeTrusted(String origin, int status) throws Exception {
        RawClient.Response response = client()
            .send("GET / HTTP/1.1\r\nHost: box.local\r\nOrigin: " + origin + "\r\n\r\n").response();

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.head().header("Access-Control-Allow-Origin")).isEqualTo(status == 200 ? origin : null);
    }

    @Test
    void preflight_fromATrustedOrigin_isAnswered() throws Exception {
        RawClient.Response response = client().send(
            "OPTIONS /api/chat HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n\r\n").response();

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.head().header("Access-Control-Max-Age")).isEqualTo("43200");
    }

    @Test
    void noHttp_isRefusedAndClosed() throws Exception {
        RawClient client = client().send("hello there friend of mine\r\n\r\n");

        assertThat(client.head().status()).isEqualTo(400);
    }

    @Test
    void chunkedRequestBody_isRead() throws Exception {
        RawClient.Response response = client().send(
            "POST /api/show HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "6\r\n{\"mode\r\nc\r\nl\":\"llava:7b\r\n2\r\n\"}\r\n0\r\n\r\n").response();

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void upgradeToHttp2_isIgnored() throws Exception {
        RawClient.Response response = client().send("GET /api/version HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQBAAAAAAIAAAAA\r\n\r\n")
            .response();

        assertThat(response.head().statusLine()).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void expectContinue_isAnsweredFirst() throws Exception {
        RawClient client = client().send(
            "POST /api/show HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n");

        assertThat(client.head().status()).isEqualTo(100);
        assertThat(client.send("{\"model\":\"llava:7b\"} ").response().status()).isEqualTo(200);
    }

    @Test
    void httpOneDotZero_streamEndsWithTheConnection() throws Exception {
        String body = CHAT.replace('\'', '"');
        RawClient.Response response = client().send(
            "POST /api/chat HTTP/1.0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).response();

        assertThat(response.head().header("Transfer-Encoding")).isNull();
        assertThat(lines(response)).hasSize(21);
    }
}
