package dev.paddock.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.benchmarks.gateway.LoadTargets.LoadTarget;
import dev.paddock.benchmarks.upstream.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of the comparison. */
class SpreadTest {

    @Test
    void parse_everyOption_setsItsOwnPart() {
        SpreadOptions options = SpreadOptions.parse("--quick", "--contenders", "vertx,paddock-netty", "--no-calls");
        assertThat(options).isEqualTo(new SpreadOptions(List.of(Proxy.VERTX, Proxy.PADDOCK_NETTY), false, true, null));
        assertThat(SpreadOptions.parse().proxies()).containsExactlyInAnyOrderElementsOf(
                EnumSet.complementOf(EnumSet.of(Proxy.PADDOCK_EPOLL)));
        assertThatThrownBy(() -> SpreadOptions.parse("--contenders")).hasMessageContaining("--contenders");
        assertThatThrownBy(() -> SpreadOptions.parse("--contenders", "nobody")).hasMessageContaining("nobody");
    }

    @Test
    void tables_haveMediansAndRatiosOfTheSameRound() {
        SpreadResults results = new SpreadResults(List.of("a", "b", "c"));
        results.add("load", "a", 10);
        results.add("load", "a", 100);
        results.add("load", "b", 20);
        results.add("load", "b", 100);
        results.add("load", "c", Double.NaN);
        assertThat(results.medians()).isEqualTo("| load | a | b | c |\n|---|--:|--:|--:|\n| load | 55.0 | 60.0 | failed |");
        assertThat(results.ratios("a")).endsWith("| load | 1.00 | 1.50 | failed |");
    }

    @Test
    void read_pacedStreams_countsTheirChunks() throws IOException {
        try (Upstream upstream = Upstream.start();
                PacedStreams streams = PacedStreams.open(new LoadTarget("direct", upstream.port(), null), 4)) {
            long chunks = 0;
            for (int read = 0; read < 200 && chunks < 40; read++) {
                chunks += streams.read(Duration.ofMillis(100));
            }
            assertThat(chunks).isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void bytes_residentMemory_isRead() {
        assertThat(StreamMemory.bytes("VmRSS:\t    1234 kB")).isEqualTo(1234 * 1024);
    }
}
