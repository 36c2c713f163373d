package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.tck.server.ScriptedConnection;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.Parallel;
import dev.paddock.testsupport.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Idle connections take all file descriptors of a gateway. It survives, blames no server, and serves again once they are closed. */
@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "skipped: the limit of file descriptors is set and seen as Linux does it")
class DescriptorExhaustionIT {

    private static final int DESCRIPTORS = 256;
    private static final int IDLE = 400;
    private static final int CALLS = 100;
    private static final int LEAST_SUCCESS_PERCENT = 99;
    private static final int CLIENTS = 16;
    private static final String REQUEST = "{\"model\":\"m\",\"messages\":[]}";
    private static final String HELD = "{\"model\":\"m\",\"messages\":[{}]}";
    private static final String ANSWER = "{\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},\"done\":true}";

    @TempDir
    private Path directory;

    private final AtomicInteger held = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void idleConnections_takeAllDescriptors_serviceIsBackOnceTheyLeave() throws Exception {
        Path errors = directory.resolve("errors");
        try (ScriptedServer server = ScriptedServer.start(this::answer)) {
            Process process = GatewayProcess.start(
                    List.of("sh", "-c", "ulimit -n " + DESCRIPTORS + " && exec \"$@\"", "sh"),
                    List.of("-XX:TieredStopAtLevel=1"),
                    GatewayProcess.jars(directory),
                    server.baseUrl(),
                    errors);
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                int port = Integer.parseInt(out.readLine());
                List<RawClient> clients = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    clients.add(new RawClient(port));
                    assertThat(clients.get(client).post("/api/chat", REQUEST).response().status()).isEqualTo(200);
                }
                List<Socket> idle = connect(port);
                Eventually.await("exhaustion", () -> descriptorsOf(process) >= DESCRIPTORS - 2);

                assertThat(answers(clients.getFirst()) * 100).isGreaterThanOrEqualTo(CALLS * LEAST_SUCCESS_PERCENT);
                assertThatFailuresAreLocal(clients);
                close(idle);
                Eventually.await("service for a new client", () -> status(port) == 200);

                assertThat(answers(clients.getFirst())).isEqualTo(CALLS);
                assertThat(clients.getFirst().get("/metrics").response().body())
                        .contains("paddock_circuit_transitions_total{")
                        .doesNotContainPattern("(?m)transitions_total\\{.*state=\"open\".*} (?!0)");
                for (RawClient client : clients) {
                    client.close();
                }
                process.outputWriter().close();
                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(Files.readString(errors)).doesNotContain("is open").doesNotContain("Error");
            } finally {
                released.countDown();
                process.destroyForcibly();
            }
        }
    }

    /** Calls need more connections to the server than there are: those without one fail, and the server is not blamed. */
    private void assertThatFailuresAreLocal(List<RawClient> clients) {
        List<Integer> statuses = new CopyOnWriteArrayList<>();
        Future<List<Boolean>> calls = Parallel.start(() -> Parallel.run(
                CLIENTS, number -> statuses.add(statusOf(clients.get(number), HELD))));
        Eventually.await("every call is held or has failed", () -> held.get() + statuses.size() == CLIENTS);
        assertThat(statuses).hasSizeGreaterThan(CLIENTS / 2).containsOnly(503);

        released.countDown();
        Parallel.resultOf(calls);
        assertThat(statuses.subList(CLIENTS - held.get(), CLIENTS)).containsOnly(200);
    }

    private void answer(ScriptedConnection connection) throws IOException {
        while (connection.awaitRequest()) {
            if (connection.readRequest().body().equals(HELD)) {
                held.incrementAndGet();
                awaitRelease();
            }
            connection.sendResponse("200 OK", "application/json", ANSWER);
        }
    }

    private void awaitRelease() throws IOException {
        try {
            released.await();
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private static List<Socket> connect(int port) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int count = 0; count < IDLE; count++) {
            sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static long descriptorsOf(Process process) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
            return descriptors.count();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static int answers(RawClient client) throws IOException {
        int answers = 0;
        for (int call = 0; call < CALLS; call++) {
            answers += client.post("/api/chat", REQUEST).response().status() == 200 ? 1 : 0;
        }
        return answers;
    }

    private static int status(int port) {
        try (RawClient client = new RawClient(port)) {
            return statusOf(client, REQUEST);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int statusOf(RawClient client, String body) {
        try {
            return client.post("/api/chat", body).response().status();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
