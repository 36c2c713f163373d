package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RawClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that runs out of file descriptors, which only a process of its own with a low limit can do. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class FileDescriptorExhaustionIT {

    private static final int LIMIT = 120;
    private static final int FLOOD = 200;

    @ParameterizedTest
    @EnumSource
    void server_outOfFileDescriptors_acceptsAgainWhenTheyAreReleased(EventLoopKind kind) throws Exception {
        var unused = kind.settings(); // skips the test here, not in the other process
        Process process = start(kind);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(out.readLine());
            Eventually.await(() -> isAnswered(port));

            List<Socket> flood = new ArrayList<>();
            for (int number = 0; number < FLOOD; number++) {
                flood.add(new Socket("127.0.0.1", port));
            }
            assertThat(isAnswered(port)).as("answered although nothing is left").isFalse();
            for (Socket socket : flood) {
                socket.close();
            }
            long released = System.nanoTime();

            Eventually.await(() -> isAnswered(port));
            // Measured: a quarter of a second; the rest is for a machine with other work.
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - released)).isLessThan(5);
            process.outputWriter().close();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The JVM raises the limit by itself unless it is told not to. */
    private static Process start(EventLoopKind kind) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder("sh", "-c", "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\"",
                java, "-XX:-MaxFDLimit", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", System.getProperty("java.class.path"), FileDescriptorTestServer.class.getName(), kind.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static boolean isAnswered(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            RawClient client = new RawClient(socket).get("/a");
            socket.setSoTimeout(400);
            return client.response().status() == 200;
        } catch (IOException silence) {
            return false;
        }
    }
}
