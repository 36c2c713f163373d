package dev.paddock.benchmarks.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.benchmarks.contender.Contender;
import dev.paddock.benchmarks.upstream.Upstream;
import dev.paddock.benchmarks.upstream.UpstreamCounts;
import dev.paddock.benchmarks.upstream.UpstreamProcess.UpstreamAddress;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContenderProcessTest {

    @ParameterizedTest
    @EnumSource(names = {"SMALL_CHAT", "MANY_CALLERS"})
    void measure_aContender_countsTheCallsAndConnectionsThatTheServerSaw(CallWorkload workload) throws IOException {
        try (Upstream upstream = Upstream.start()) {
            UpstreamAddress address = new UpstreamAddress(upstream.port(), upstream.closingPort());
            try (ContenderProcess process =
                    ContenderProcess.start(workload, Contender.SOCKET, workload.callers(), address, Duration.ZERO)) {
                long before = UpstreamCounts.request(upstream.port()).requests();

                CallMeasurement measurement = process.measure(Duration.ofMillis(100));

                long seen = UpstreamCounts.request(upstream.port()).requests() - before;
                assertThat(measurement.calls()).isEqualTo(seen).isGreaterThanOrEqualTo(workload.callers());
                assertThat(measurement.allocation()).isPositive();
                assertThat(measurement.p50()).isPositive().isLessThanOrEqualTo(measurement.p99());
                assertThat(measurement.upstream().requests()).isEqualTo(measurement.calls());
                int ofThisTest = 1; // the count before the measurement
                assertThat(measurement.upstream().connections()).isEqualTo(workload.callers() + ofThisTest);
            }
        }
    }

    @Test
    void parse_lineOfAMeasurement_isTheMeasurement() {
        CallMeasurement measurement = CallMeasurement.ofProcess(3, 6_000_000, 4_000_000, 5_000, 1_000, 2_000);
        assertThat(CallMeasurement.parse(measurement.toLine())).isEqualTo(measurement);
    }
}
