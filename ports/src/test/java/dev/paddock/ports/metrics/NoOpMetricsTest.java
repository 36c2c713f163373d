package dev.paddock.ports.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.paddock.domain.metrics.CallMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoOpMetricsTest {

    @Test
    void noOp_anyMeasurement_isForgotten() {
        MetricsPort metrics = MetricsPort.noOp();

        assertThat(metrics).isSameAs(MetricsPort.noOp());
        assertThatCode(() -> {
                    metrics.count(CallMetrics.IN_FLIGHT.with(), 1);
                    metrics.duration(CallMetrics.IN_FLIGHT.with(), Duration.ZERO);
                    metrics.adjust(CallMetrics.IN_FLIGHT.with(), -1);
                    metrics.gauge(CallMetrics.IN_FLIGHT.with(), () -> {
                        throw new AssertionError("nobody looks");
                    });
                })
                .doesNotThrowAnyException();
    }
}
