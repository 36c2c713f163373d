package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway whose heap is too small for all bodies refuses some of them, and survives. */
@Timeout(120)
class SmallHeapIT {

    private static final int BODIES = 4;
    private static final int MEGABYTE = 1024 * 1024;
    private static final int LENGTH = 60 * MEGABYTE;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    void bodiesThatTheHeapCannotHold_areRefused(String collector) throws Exception {
        Path errors = directory.resolve("errors");
        HttpServer server = startModelServer();
        Process process = GatewayProcess.start(
                List.of(),
                List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", collector),
                System.getProperty("java.class.path"),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                errors);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(out.readLine());

            for (int round = 0; round < 3; round++) {
                List<Integer> statuses = Parallel.run(BODIES, number -> send(port));
                // Bodies that grow side by side may stop all of each other; one that is alone always has room.
                assertThat(statuses).isSubsetOf(200, 503).contains(503);
                Eventually.await("a body that is alone is accepted", () -> send(port) == 200);
            }

            try (RawClient client = new RawClient(port)) {
                assertThat(client.post("/api/chat", "{}").response().status()).isEqualTo(200);
            }
            assertThat(process.isAlive()).isTrue();
            process.outputWriter().close();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(errors)).doesNotContain("OutOfMemory");
        } finally {
            process.destroyForcibly();
            server.stop(0);
        }
    }

    /** Starts a server that reads bodies of any size without keeping them. */
    private static HttpServer startModelServer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            byte[] answer = "{\"message\":{\"content\":\"ok\"},\"done\":true}".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int send(int port) {
        byte[] piece = "x".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        try (RawClient client = new RawClient(port)) {
            client.send("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + LENGTH + "\r\n\r\n");
            for (int count = 0; count < LENGTH; count += piece.length) {
                client.send(piece);
            }
            return client.response().status();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
