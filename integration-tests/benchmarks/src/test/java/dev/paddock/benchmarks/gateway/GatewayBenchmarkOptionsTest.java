package dev.paddock.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.benchmarks.gateway.GatewayBenchmark.GatewayBenchmarkOptions;
import dev.paddock.benchmarks.gateway.LoadGenerator.GatewayLoad;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the options of the script mean. */
class GatewayBenchmarkOptionsTest {

    @Test
    void parse_nothing_measuresWhatEndsSoon() {
        assertThat(GatewayBenchmarkOptions.parse().loads()).containsExactly(GatewayLoad.CHAT, GatewayLoad.STREAM, GatewayLoad.PROMPT);
        assertThat(GatewayBenchmarkOptions.parse().connections()).containsExactly(1, 32, 256);
    }

    @Test
    void parse_everyOption_setsItsOwnPart() {
        GatewayBenchmarkOptions plan = GatewayBenchmarkOptions.parse("--loads", "paced,chat", "--connections", "2,3", "--rounds", "4", "--seconds", "5",
                "--warm-up", "6", "--probes", "7", "--streams", "8", "--heap", "9m");
        assertThat(plan).isEqualTo(new GatewayBenchmarkOptions(List.of(GatewayLoad.PACED, GatewayLoad.CHAT), List.of(2, 3), 4, 5, 6, 7, 8, "9m"));
        assertThat(GatewayBenchmarkOptions.parse("--loads", "none").loads()).isEmpty();
    }

    @Test
    void parse_whatIsUnknownOrLacksAValue_isRefused() {
        assertThatThrownBy(() -> GatewayBenchmarkOptions.parse("--load", "chat")).hasMessageContaining("--load");
        assertThatThrownBy(() -> GatewayBenchmarkOptions.parse("--rounds")).hasMessageContaining("--rounds");
    }
}
