package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.PoolMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DropwizardMetricsTest {

    private static final double MILLI = 1e6;

    private final MetricRegistry registry = new MetricRegistry();
    private final ManualClock clock = new ManualClock();
    private final DropwizardMetrics metrics = new DropwizardMetrics(registry, 200, clock);

    @Test
    void count_severalTimes_addsUpUnderTheNameOfTheSeries() {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 2);
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 3);
        metrics.count(CallMetrics.REQUESTS.with("embed", "ok"), 7);

        assertThat(registry.getCounters()).containsOnlyKeys(
                "paddock.requests{operation=\"chat\",outcome=\"ok\"}",
                "paddock.requests{operation=\"embed\",outcome=\"ok\"}");
        assertThat(counted("paddock.requests{operation=\"chat\",outcome=\"ok\"}")).isEqualTo(5);
        assertThat(counted("paddock.requests{operation=\"embed\",outcome=\"ok\"}")).isEqualTo(7);
    }

    @Test
    void count_zero_showsTheSeries() {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 0);

        assertThat(counted("paddock.requests{operation=\"chat\",outcome=\"ok\"}")).isZero();
    }

    @Test
    void count_negativeAmount_isIgnored() {
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), 4);
        metrics.count(CallMetrics.REQUESTS.with("chat", "ok"), -3);

        assertThat(counted("paddock.requests{operation=\"chat\",outcome=\"ok\"}")).isEqualTo(4);
    }

    @Test
    void count_specialCharactersInLabels_areEscapedSoThatNamesStayDistinct() {
        metrics.count(CallMetrics.ERRORS.with("a\",kind=\"b", "c"), 1);
        metrics.count(CallMetrics.ERRORS.with("a", "b\\\",\n"), 1);

        assertThat(registry.getNames()).containsExactlyInAnyOrder(
                "paddock.errors{operation=\"a\\\",kind=\\\"b\",kind=\"c\"}",
                "paddock.errors{operation=\"a\",kind=\"b\\\\\\\",\\n\"}");
    }

    @Test
    void duration_oneToThousandMilliseconds_hasExactQuantilesAndMaximum() {
        LongStream.rangeClosed(1, 1000)
                .forEach(millis -> metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(millis)));

        Snapshot snapshot = chatTimer().getSnapshot();
        assertThat(snapshot.getMedian()).isCloseTo(500 * MILLI, offset(1 * MILLI));
        assertThat(snapshot.get95thPercentile()).isCloseTo(950 * MILLI, offset(1 * MILLI));
        assertThat(snapshot.get99thPercentile()).isCloseTo(990 * MILLI, offset(1 * MILLI));
        assertThat(snapshot.getMax()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1000));
        assertThat(chatTimer().getCount()).isEqualTo(1000);
    }

    @Test
    void duration_manyThousandsAndOneOutlier_neverLosesTheMaximum() {
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMinutes(3));
        for (int i = 0; i < 50_000; i++) {
            metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(5));
        }

        assertThat(chatTimer().getSnapshot().getMax()).isEqualTo(Duration.ofMinutes(3).toNanos());
        assertThat(chatTimer().getSnapshot().get99thPercentile()).isEqualTo(5 * MILLI);
    }

    @Test
    void duration_olderThanTheWindow_leavesQuantilesButStaysInTheTotals() {
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofSeconds(40));
        clock.advance(Duration.ofSeconds(61));
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(20));

        assertThat(chatTimer().getSnapshot().getMax()).isEqualTo(Duration.ofMillis(20).toNanos());
        DurationHistogram durations = metrics.durations().get(CallMetrics.DURATION.with("chat")).durations();
        assertThat(LongStream.of(durations.counts()).sum()).isEqualTo(2);
        assertThat(durations.sumSeconds()).isCloseTo(40.02, offset(1e-9));

        clock.advance(Duration.ofSeconds(61));
        assertThat(chatTimer().getSnapshot().size()).isZero();
    }

    @Test
    void duration_onABound_fallsIntoTheBucketBelow() {
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(1));
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofMillis(1).plusNanos(1));
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ZERO);
        metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofHours(2));

        long[] counts = metrics.durations().get(CallMetrics.DURATION.with("chat")).durations().counts();
        assertThat(counts).startsWith(2, 1).endsWith(0, 1);
        assertThat(LongStream.of(counts).sum()).isEqualTo(4);
    }

    @Test
    void duration_negativeOrBeyondNanoseconds_neitherThrowsNorFalsifies() {
        assertThatCode(() -> {
                    metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofSeconds(-1));
                    metrics.duration(CallMetrics.DURATION.with("chat"), Duration.ofSeconds(Long.MAX_VALUE));
                })
                .doesNotThrowAnyException();

        assertThat(chatTimer().getCount()).isEqualTo(1);
        assertThat(chatTimer().getSnapshot().getMax()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void summary_oneToThousandMilliseconds_hasThePercentilesAndTheMaximum() {
        LongStream.rangeClosed(1, 1000)
                .forEach(millis -> metrics.duration(PoolMetrics.ACQUIRE.with("a"), Duration.ofMillis(millis)));

        assertThat(metrics.summary(PoolMetrics.ACQUIRE.with("a"))).satisfies(summary -> {
            assertThat(summary.count()).isEqualTo(1000);
            assertThat(summary.p50()).isBetween(Duration.ofMillis(499), Duration.ofMillis(501));
            assertThat(summary.p95()).isBetween(Duration.ofMillis(949), Duration.ofMillis(951));
            assertThat(summary.p99()).isBetween(Duration.ofMillis(989), Duration.ofMillis(991));
            assertThat(summary.max()).isEqualTo(Duration.ofMillis(1000));
        });
    }

    @Test
    void summary_nothingRecordedInTheLastMinute_isNotKnown() {
        assertThat(metrics.summary(PoolMetrics.ACQUIRE.with("a"))).isNull();

        metrics.duration(PoolMetrics.ACQUIRE.with("a"), Duration.ZERO);
        assertThat(metrics.summary(PoolMetrics.ACQUIRE.with("a"))).isNotNull();
        assertThat(metrics.summary(PoolMetrics.ACQUIRE.with("b"))).isNull();

        clock.advance(Duration.ofSeconds(61));
        assertThat(metrics.summary(PoolMetrics.ACQUIRE.with("a"))).isNull();
        assertThat(metrics.durations()).hasSize(1);
    }

    @Test
    void summary_seriesPutTogetherWithOthers_isNotKnownOfItAlone() {
        DropwizardMetrics bounded = new DropwizardMetrics(registry, 1);
        bounded.duration(PoolMetrics.ACQUIRE.with("a"), Duration.ofMillis(1));
        bounded.duration(PoolMetrics.ACQUIRE.with("b"), Duration.ofMillis(2));

        assertThat(bounded.summary(PoolMetrics.ACQUIRE.with("a"))).isNotNull();
        assertThat(bounded.summary(PoolMetrics.ACQUIRE.with("b"))).isNull();
    }

    @Test
    void gauge_registeredAgain_readsTheNewSource() {
        metrics.gauge(CallMetrics.IN_FLIGHT.with(), () -> 3);
        assertThat(gauge("paddock.requests.in.flight")).isEqualTo(3.0);

        metrics.gauge(CallMetrics.IN_FLIGHT.with(), () -> 8);
        assertThat(gauge("paddock.requests.in.flight")).isEqualTo(8.0);
        assertThat(registry.getGauges()).hasSize(1);
    }

    @Test
    void adjust_upAndDown_isShownAsAGauge() {
        metrics.adjust(CallMetrics.IN_FLIGHT.with(), 0);
        assertThat(gauge("paddock.requests.in.flight")).isEqualTo(0.0);

        metrics.adjust(CallMetrics.IN_FLIGHT.with(), 3);
        metrics.adjust(CallMetrics.IN_FLIGHT.with(), -1);

        assertThat(gauge("paddock.requests.in.flight")).isEqualTo(2.0);
        assertThat(registry.getGauges()).hasSize(1);
    }

    @Test
    void gauge_unknownOrFailingSource_isNaN() {
        metrics.gauge(PoolMetrics.IDLE.with("a"), () -> Double.NaN);
        metrics.gauge(PoolMetrics.IDLE.with("b"), () -> {
            throw new IllegalStateException("not now");
        });

        assertThat(gauge("paddock.pool.idle{endpoint=\"a\"}")).isEqualTo(Double.NaN);
        assertThat(gauge("paddock.pool.idle{endpoint=\"b\"}")).isEqualTo(Double.NaN);
    }

    @Test
    void anyMeasurement_nameTakenByAnotherKind_doesNotThrowAndKeepsTheFirst() {
        metrics.count(CallMetrics.IN_FLIGHT.with(), 5);

        assertThatCode(() -> {
                    metrics.gauge(CallMetrics.IN_FLIGHT.with(), () -> 1);
                    metrics.duration(CallMetrics.IN_FLIGHT.with(), Duration.ofMillis(1));
                })
                .doesNotThrowAnyException();

        assertThat(registry.getMetrics()).hasSize(1);
        assertThat(metrics.registered().find("paddock.requests.in.flight")).isEqualTo(CallMetrics.IN_FLIGHT.with());
        assertThat(counted("paddock.requests.in.flight")).isEqualTo(5);
    }

    @Test
    void anyMeasurement_nameTakenByTheOwnerOfTheRegistry_doesNotThrowAndLeavesIt() {
        registry.timer("paddock.requests.in.flight").update(1, TimeUnit.SECONDS);

        assertThatCode(() -> metrics.count(CallMetrics.IN_FLIGHT.with(), 5)).doesNotThrowAnyException();

        assertThat(registry.getTimers().get("paddock.requests.in.flight").getCount()).isEqualTo(1);
        assertThat(registry.getCounters()).isEmpty();
        assertThat(metrics.registered().find("paddock.requests.in.flight")).isNull();
    }

    @Test
    void seriesPerMetric_exceeded_putsTheRestTogetherAsOther() {
        DropwizardMetrics bounded = new DropwizardMetrics(registry, 2);
        for (String operation : List.of("a", "b", "c", "d", "a", "c")) {
            bounded.count(CallMetrics.ERRORS.with(operation, "timeout"), 1);
        }
        bounded.count(CallMetrics.REQUESTS.with("c", "ok"), 1);

        assertThat(registry.getNames()).containsExactlyInAnyOrder(
                "paddock.errors{operation=\"a\",kind=\"timeout\"}",
                "paddock.errors{operation=\"b\",kind=\"timeout\"}",
                "paddock.errors{operation=\"other\",kind=\"other\"}",
                "paddock.requests{operation=\"c\",outcome=\"ok\"}");
        assertThat(counted("paddock.errors{operation=\"a\",kind=\"timeout\"}")).isEqualTo(2);
        assertThat(counted("paddock.errors{operation=\"other\",kind=\"other\"}")).isEqualTo(3);
    }

    @Test
    void seriesPerMetric_byDefault_isTwoHundred() {
        DropwizardMetrics fresh = DropwizardMetrics.create();
        for (int i = 0; i < 10_000; i++) {
            fresh.count(CallMetrics.ERRORS.with("operation-" + i, "timeout"), 1);
        }

        assertThat(fresh.registry().getNames()).hasSize(201);
        assertThat(fresh.counters()).hasSize(201);
        assertThat(fresh.registry().getCounters().get("paddock.errors{operation=\"other\",kind=\"other\"}").getCount())
                .isEqualTo(9_800);
    }

    @Test
    void new_limitBelowOne_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DropwizardMetrics(registry, 0));
    }

    @Test
    void metricWithoutLabels_beyondNothing_staysItself() {
        DropwizardMetrics bounded = new DropwizardMetrics(registry, 1);
        Metric plain = CallMetrics.IN_FLIGHT;
        bounded.count(plain.with(), 1);
        bounded.count(plain.with(), 1);

        assertThat(counted("paddock.requests.in.flight")).isEqualTo(2);
    }

    private Timer chatTimer() {
        return registry.getTimers().get("paddock.request.duration{operation=\"chat\"}");
    }

    private long counted(String name) {
        return registry.getCounters().get(name).getCount();
    }

    private Object gauge(String name) {
        return registry.getGauges().get(name).getValue();
    }
}
