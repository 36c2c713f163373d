package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerLimits.TimeLimit;
import dev.paddock.adapters.http.server.decoding.RefusedRequestException;
import dev.paddock.adapters.http.server.decoding.StrictRequestDecoder;
import dev.paddock.testsupport.RawClient;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The handler learns the path of a request that is refused as far as it has arrived, so that it can choose the format of the refusal. */
class RefusalPathTest {

    private final RecordingHandler handler = new RecordingHandler();

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /v1/a%2Fb HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1/../a HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1//a HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /v1/a?b HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "POST /v1/a HTTP/1.1\r\nHost: localhost\r\nA: b\r\n c\r\n\r\n",
        "POST /v1/a HTTP/1.1\r\nHost: localhost\nA: b\r\n\r\n",
        "POST /v1/a HTTP/1.1\r\nA: b\r\n\r\n",
        "POST /v1/a HTTP/2.0\r\nHost: localhost\r\n\r\n",
        "\r\nPOST /v1/a HTTP/1.1\r\nHost: a b\r\n\r\n",
        "POST /v1/\u00e9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    })
    void path_ofAWrongRequest_isKnown(String request) throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT)) {
            try (RawClient whole = new RawClient(server.port()).send(request)) {
                assertThat(whole.response().status()).isBetween(400, 505);
            }
            try (RawClient pieces = new RawClient(server.port()).get("/other")) {
                assertThat(pieces.response().status()).isEqualTo(200);
                for (int at = 0; at < request.length() && !pieces.hasBytes(); at++) {
                    pieces.send(request.substring(at, at + 1));
                }
                assertThat(pieces.response().status()).isBetween(400, 505);
            }
        }
        assertThat(handler.worded()).hasSize(2).allSatisfy(worded -> assertThat(worded.path()).startsWith("/v1/"));
    }

    @Test
    void path_thatIsTooLong_isKnownByItsBeginning() throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT);
                RawClient client = new RawClient(server.port()).get("/v1/" + "a".repeat(100_000))) {
            assertThat(client.response().status()).isEqualTo(414);
        }
        assertThat(handler.worded()).singleElement().satisfies(worded -> assertThat(worded.path()).startsWith("/v1/a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /v1/models HTT", "GET /v1/models HTTP/1.1\r\nHost: loc"})
    void path_ofASlowHead_isKnown(String begin) throws Exception {
        try (HttpServer server = start(ServerLimits.DEFAULT.with(TimeLimit.HEAD, Duration.ofMillis(200)));
                RawClient client = new RawClient(server.port()).send(begin)) {
            assertThat(client.response().status()).isEqualTo(408);
        }
        assertThat(handler.worded()).singleElement().satisfies(worded -> assertThat(worded.path()).isEqualTo("/v1/models"));
    }

    @Test
    void path_headInTwoParts_isKnownWhereverItIsDivided() {
        String wrongHost = "\r\nPOST /v1/a HTTP/1.1\r\nHost: a b\r\n\r\n";
        for (int at = 1; at < wrongHost.length(); at++) {
            assertThat(decodedPath(wrongHost.substring(0, at), wrongHost.substring(at))).as("divided at " + at).isEqualTo("/v1/a");
        }
        assertThat(decodedPath(wrongHost.split(""))).isEqualTo("/v1/a");
    }

    private @Nullable String decodedPath(String... parts) {
        EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(ServerLimits.DEFAULT, handler, "127.0.0.1"));
        for (String part : parts) {
            channel.writeInbound(Unpooled.copiedBuffer(part, StandardCharsets.US_ASCII));
        }
        RefusedRequestException refused = channel.readInbound();
        channel.finishAndReleaseAll();
        return refused.path();
    }

    private HttpServer start(ServerLimits limits) {
        return HttpServer.start(HttpServerSettings.of("127.0.0.1", 0).withLimits(limits), handler);
    }
}
