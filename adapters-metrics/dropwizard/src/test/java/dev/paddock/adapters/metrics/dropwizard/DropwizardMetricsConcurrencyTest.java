package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.metrics.CallMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DropwizardMetricsConcurrencyTest {

    private static final int THREADS = 16;
    private static final int ROUNDS = 20_000;

    @Test
    void count_manyThreadsSameSeries_losesNothing() throws Exception {
        DropwizardMetrics metrics = DropwizardMetrics.create();
        ConcurrentRunner.run(THREADS, thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                metrics.count(CallMetrics.TOKENS.with("chat", "prompt"), 3);
            }
        });

        assertThat(total(metrics)).isEqualTo(3L * THREADS * ROUNDS);
        assertThat(metrics.registry().getCounters()).hasSize(1);
    }

    @Test
    void duration_manyThreadsSameSeries_losesNothing() throws Exception {
        DropwizardMetrics metrics = DropwizardMetrics.create();
        ConcurrentRunner.run(THREADS, thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(2));
            }
        });

        DurationTimer timer = metrics.durations().get(CallMetrics.DURATION.with("chat"));
        assertThat(timer.timer().getCount()).isEqualTo((long) THREADS * ROUNDS);
        assertThat(LongStream.of(timer.durations().counts()).sum()).isEqualTo((long) THREADS * ROUNDS);
        assertThat(timer.durations().sumSeconds()).isCloseTo(0.002 * THREADS * ROUNDS, offset(1e-3));
    }

    @RepeatedTest(20)
    void count_manyThreadsManyNewSeries_keepsTheLimitExactlyAndLosesNothing() throws Exception {
        DropwizardMetrics metrics = new DropwizardMetrics(new MetricRegistry(), 10);
        ConcurrentRunner.run(THREADS, thread -> {
            for (int i = 0; i < 500; i++) {
                metrics.count(CallMetrics.ERRORS.with("operation-" + (i + 3 * thread) % 50, "timeout"), 1);
            }
        });

        assertThat(metrics.registry().getNames()).hasSize(11);
        assertThat(total(metrics)).isEqualTo(THREADS * 500L);
    }

    private static long total(DropwizardMetrics metrics) {
        Collection<Counter> counters = metrics.registry().getCounters().values();
        return counters.stream().mapToLong(Counter::getCount).sum();
    }
}
