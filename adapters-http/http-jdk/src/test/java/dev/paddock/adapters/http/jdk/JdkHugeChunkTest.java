package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.jdk.Transports.transport;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.HttpTransport;
import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.transport.TransportCalls;
import dev.paddock.tck.transport.TransportFixture;
import dev.paddock.testsupport.Parallel;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The client's parser never ends when the size of a chunk exceeds 31 bits. A cancellation ends the call all the same, and no other call
 * is harmed.
 */
class JdkHugeChunkTest {

    private static final long PATIENCE_SECONDS = 120;

    /** A process of its own: one step without end in a virtual thread would stop all of its virtual threads. */
    @Test
    void read_hugeChunkSize_stopsNoOtherCall() throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-Djdk.virtualThreadScheduler.parallelism=1",
                "-Djdk.virtualThreadScheduler.maxPoolSize=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Calls.class.getName());
        Process process = command.redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("the process ends").isTrue();
            assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                    .as("two cancelled calls, and a call to another server")
                    .isEqualTo("CANCELLED CANCELLED hi");
        } finally {
            process.destroyForcibly();
        }
    }

    /** The main program of the process. */
    static final class Calls {

        private Calls() {}

        public static void main(String... arguments) {
            ConnectionScript huge = connection -> {
                connection.readRequest();
                connection.sendChunkedHead("text/plain");
                connection.send("80000000\r\nab");
                connection.awaitDisconnect();
            };
            ConnectionScript good = ConnectionScript.sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
            try (ScriptedServer broken = ScriptedServer.start(huge);
                    ScriptedServer server = ScriptedServer.start(good);
                    HttpTransport toBroken = transport(broken);
                    HttpTransport transport = transport(server)) {
                for (int number = 0; number < 2; number++) {
                    TransportCall call = toBroken.newCall(TransportFixture.get("/"), CallListener.none());
                    TransportResponse response = call.execute();
                    Future<TransportException> reading =
                            Parallel.start(() -> TransportCalls.failureOf(() -> TransportFixture.readAll(response)));
                    call.cancel();
                    System.out.print(Parallel.resultOf(reading).failure() + " ");
                }
                System.out.print(Parallel.resultOf(Parallel.start(() -> TransportCalls.fetch(transport))));
            }
            System.exit(0);
        }
    }
}
