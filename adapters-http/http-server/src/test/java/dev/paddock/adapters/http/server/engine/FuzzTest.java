package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.domain.exchange.Header;
import dev.paddock.testsupport.CapturedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests that were spoilt at random: whatever comes, the connection ends, nothing fails inside the server, and no head that
 * is handled leaves a doubt about what it means. The seeds are fixed, so that a failure can be repeated.
 */
class FuzzTest {

    private static final int REQUESTS = 3_000;
    private static final int MOST_CHANGES = 4;
    private static final int READ_LIMIT_MILLIS = 10_000;

    private static final List<String> SEEDS = List.of(
            "GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"model\":1}",
            "POST /upload HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nfile",
            "POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nabcde\r\n0\r\nX-End: 1\r\n\r\n",
            "GET /a HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\nGET /b HTTP/1.1\r\nHost: localhost\r\n\r\n");

    private static final List<String> WORDS = List.of(
            "\r\n", "\n", "\r", "\0", " ", "\t", ":", ",", "0\r\n\r\n", "\u00ff", "%2e%2e/", "%", "%4", "//", "HTTP/1.1", "HTTP/2.0", "GET ", "PRI * ",
            "Content-Length: 5\r\n", "Content-Length: +5\r\n", "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding : chunked\r\n", "Host: other\r\n", "Connection: close\r\n", "Upgrade: h2c\r\n",
            "Expect: 100-continue\r\n", "Sec-WebSocket-Key1: x\r\n", "ffffffffffffffff\r\n", "-1\r\n", "X: ".repeat(2_000), "/a".repeat(5_000));

    private final RecordingHandler handler = new RecordingHandler().taking("/upload");

    @Test
    void requests_spoiltAtRandom_endTheirConnectionsAndMeanOneThing() throws IOException {
        try (CapturedLog logged = CapturedLog.under("dev.paddock.adapters.http.server");
                HttpServer server = HttpServer.start(HttpServerSettings.of("127.0.0.1", 0), handler)) {
            for (int seed = 0; seed < REQUESTS; seed++) {
                awaitEnd(server, spoilt(new Random(seed)));
                assertThat(logged.records()).as("seed %d", seed).isEmpty();
            }
            Eventually.await(() -> server.connectionCount() == 0);
        }
        assertThat(handler.handled()).hasSizeGreaterThan(REQUESTS / 10).extracting(ServerRequest::head)
                .allSatisfy(FuzzTest::requireClear);
        assertThat(handler.worded()).hasSizeGreaterThan(REQUESTS / 10);
    }

    private static void requireClear(RequestHead head) {
        assertThat(head.target()).startsWith("/").matches("[!-~]+");
        assertThat(head.headers().all("Host")).hasSize(1);
        assertThat(head.headers().all("Content-Length").size() + head.headers().all("Transfer-Encoding").size())
                .isLessThanOrEqualTo(1);
        assertThat(head.headers().fields()).extracting(Header::value)
                .allSatisfy(value -> assertThat(value).doesNotContain("\r", "\n", "\0"));
    }

    /** Returns when the connection has ended after a request, in whatever way; fails when it does not. */
    private static void awaitEnd(HttpServer server, byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(READ_LIMIT_MILLIS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            byte[] unused = socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return;
        }
    }

    private static byte[] spoilt(Random random) {
        byte[] request = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.ISO_8859_1);
        int changes = random.nextInt(MOST_CHANGES + 1);
        for (int change = 0; change < changes; change++) {
            request = changed(request, random);
        }
        return request;
    }

    private static byte[] changed(byte[] request, Random random) {
        int from = place(request, random);
        int to = Math.min(request.length, from + random.nextInt(8));
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(request, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> changed.write(random.nextInt(256)); // something in place of a few bytes
            case 1 -> changed.writeBytes(WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.ISO_8859_1));
            case 2 -> changed.write(request, from, (to - from) * random.nextInt(2)); // they are left out, or stay
            default -> { // they come twice
                changed.write(request, from, to - from);
                changed.write(request, from, to - from);
            }
        }
        changed.write(request, to, request.length - to);
        return changed.size() == 0 ? request : changed.toByteArray();
    }

    /** Returns a place in the first line, the beginning of a line, or any place. */
    private static int place(byte[] request, Random random) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        int any = random.nextInt(request.length + 1);
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(1 + Math.max(0, text.indexOf('\r')));
            case 1 -> text.indexOf('\n', any) + 1;
            default -> any;
        };
    }
}
