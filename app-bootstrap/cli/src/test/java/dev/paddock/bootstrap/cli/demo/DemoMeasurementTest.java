package dev.paddock.bootstrap.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.cli.demo.DemoScenario.DemoMeasurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoMeasurementTest {

    @Test
    void later_oneToTwenty_areRanksWithoutTheFirst() {
        List<Duration> latencies = new ArrayList<>();
        latencies.add(Duration.ofMillis(1000));
        for (int millis = 20; millis >= 1; millis--) {
            latencies.add(Duration.ofMillis(millis));
        }
        DemoMeasurement measured = new DemoMeasurement(latencies, Duration.ofSeconds(2), 1);

        assertThat(measured.first()).isEqualTo(Duration.ofMillis(1000));
        assertThat(measured.later(0.5)).isEqualTo(Duration.ofMillis(10));
        assertThat(measured.later(0.95)).isEqualTo(Duration.ofMillis(19));
        assertThat(measured.later(1)).isEqualTo(Duration.ofMillis(20));
        assertThat(measured.throughput()).isEqualTo(10.5);
    }

    @Test
    void reuseRatio_oneConnectionForFourCalls_isThreeQuarters() {
        List<Duration> latencies = List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

        assertThat(new DemoMeasurement(latencies, Duration.ZERO, 1).reuseRatio()).isEqualTo(0.75);
        assertThat(new DemoMeasurement(latencies, Duration.ZERO, 4).reuseRatio()).isZero();
    }
}
