package dev.paddock.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import dev.paddock.benchmarks.upstream.Upstream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is timed is a whole answer, asked for over one connection. */
class FirstByteProbeTest {

    @ParameterizedTest
    @EnumSource(value = GatewayLoad.class, names = {"CHAT", "STREAM", "PROMPT", "START"}) // the others last for minutes
    void measure_everyLoad_timesEachRoundAndReadsToTheEnd(GatewayLoad load) throws IOException {
        try (Upstream upstream = Upstream.start()) {
            LoadTarget front = new LoadTarget("direct", upstream.port(), null);
            List<Histogram> times = FirstByteProbe.measure(List.of(front, front), load, 3);
            assertThat(times).hasSize(2).allSatisfy(each -> assertThat(each.getTotalCount()).isEqualTo(3));
        }
    }

    @Test
    void measure_anAnswerThatIsNoSuccess_isRefused() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> refuse(server));
            LoadTarget front = new LoadTarget("direct", server.getLocalPort(), null);
            assertThatThrownBy(() -> FirstByteProbe.measure(List.of(front), GatewayLoad.CHAT, 1)).hasMessageContaining("503");
            answering.join();
        }
    }

    private static void refuse(ServerSocket server) {
        try (Socket client = server.accept(); OutputStream output = client.getOutputStream()) {
            assertThat(client.getInputStream().read(new byte[4096])).isPositive();
            output.write("HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
