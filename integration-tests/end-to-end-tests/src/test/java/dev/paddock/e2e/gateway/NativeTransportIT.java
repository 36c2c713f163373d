package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.bootstrap.Transports;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.testsupport.RawClient;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway in a process of its own, which has Netty's native library on its class path. */
class NativeTransportIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void gateway_libraryOnTheClassPath_loadsItOnlyWhenTheSettingSaysSo(boolean isNative) throws Exception {
        assumeThat(Transports.nativeTransportProblem("netty")).as("the setting of a native transport").isNull();
        Path loaded = directory.resolve("classes");
        List<String> options = List.of(
                "-Dpaddock.native-transport=" + isNative, "-Dpaddock.transport=netty", "-Xlog:class+load:file=" + loaded,
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json("{\"models\":[]}"))) {
            Process process = GatewayProcess.start(
                    List.of(), options, System.getProperty("java.class.path"), server.baseUrl(), directory.resolve("errors"));
            try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                    RawClient client = new RawClient(Integer.parseInt(out.readLine()))) {
                assertThat(client.get("/api/tags").response().body()).isEqualTo("{\"models\":[]}");

                String mapped = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "maps"));
                assertThat(mapped.contains("netty_transport_native_epoll")).as("the library is loaded").isEqualTo(isNative);
                process.outputWriter().close();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
        }
        String classes = Files.readString(loaded);
        assertThat(classes.contains(" io.netty.channel.epoll.")).as("classes of the library are loaded").isEqualTo(isNative);
        assertThat(classes.contains(" io.netty.channel.nio.NioIoHandler ")).as("event loops over NIO").isNotEqualTo(isNative);
    }
}
