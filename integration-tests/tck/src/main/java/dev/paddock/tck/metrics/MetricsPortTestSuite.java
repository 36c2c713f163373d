package dev.paddock.tck.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.offset;

import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.domain.metrics.DurationBuckets;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.tck.metrics.MetricsUnderTest.ShownDurations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link MetricsPort} has to do, whatever library shows its measurements. */
public abstract class MetricsPortTestSuite {

    private static final Series CHAT_OK = CallMetrics.REQUESTS.with("chat", "ok");
    private static final Series CHAT_DURATION = CallMetrics.DURATION.with("chat");
    private static final int SERIES = 200;
    private static final int THREADS = 8;
    private static final int COUNTS = 5_000;

    private final List<MetricsUnderTest> created = new ArrayList<>();

    /**
     * Creates an adapter over a library that has no measurements yet.
     *
     * @param seriesPerMetric the maximum number of series of a metric, without {@code other}
     */
    protected abstract MetricsUnderTest create(int seriesPerMetric);

    @AfterEach
    final void closeAll() {
        created.forEach(MetricsUnderTest::close);
    }

    @Test
    void count_severalTimes_addsUpForEachSeries() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().count(CHAT_OK, 2);
        metrics.port().count(CallMetrics.REQUESTS.with("chat", "ok"), 3);
        metrics.port().count(CallMetrics.REQUESTS.with("embed", "ok"), 7);
        metrics.port().count(CallMetrics.ERRORS.with("chat", "ok"), 11);

        assertThat(metrics.number(CHAT_OK)).isEqualTo(5);
        assertThat(metrics.number(CallMetrics.REQUESTS.with("embed", "ok"))).isEqualTo(7);
        assertThat(metrics.number(CallMetrics.ERRORS.with("chat", "ok"))).isEqualTo(11);
        assertThat(metrics.seriesOf(CallMetrics.REQUESTS)).isEqualTo(2);
    }

    @Test
    void count_zero_showsTheSeries() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().count(CHAT_OK, 0);

        assertThat(metrics.number(CHAT_OK)).isZero();
        assertThat(metrics.number(CallMetrics.REQUESTS.with("embed", "ok"))).isNull();
    }

    @Test
    void count_negativeAmount_isIgnored() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().count(CHAT_OK, 4);
        metrics.port().count(CHAT_OK, -3);

        assertThat(metrics.number(CHAT_OK)).isEqualTo(4);
    }

    @Test
    void count_manyThreadsAtOnce_losesNothing() throws Exception {
        MetricsUnderTest metrics = start(SERIES);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Callable<Void>> counting = Collections.nCopies(THREADS, () -> {
                together.await();
                for (int time = 0; time < COUNTS; time++) {
                    metrics.port().count(CHAT_OK, 1);
                    metrics.port().adjust(CallMetrics.IN_FLIGHT.with(), 1);
                    metrics.port().duration(CHAT_DURATION, Duration.ofMillis(1));
                }
                return null;
            });
            for (Future<Void> counted : threads.invokeAll(counting)) {
                assertThat(counted.get()).isNull();
            }
        }

        assertThat(metrics.number(CHAT_OK)).isEqualTo(THREADS * COUNTS);
        assertThat(metrics.number(CallMetrics.IN_FLIGHT.with())).isEqualTo(THREADS * COUNTS);
        assertThat(shown(metrics, CHAT_DURATION).count()).isEqualTo(THREADS * COUNTS);
    }

    @Test
    void duration_someOnABound_areInTheBucketBelow() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().duration(CHAT_DURATION, Duration.ZERO);
        metrics.port().duration(CHAT_DURATION, Duration.ofMillis(1));
        metrics.port().duration(CHAT_DURATION, Duration.ofMillis(1).plusNanos(1));
        metrics.port().duration(CHAT_DURATION, Duration.ofMinutes(10));
        metrics.port().duration(CHAT_DURATION, Duration.ofHours(2));

        ShownDurations shown = shown(metrics, CHAT_DURATION);
        assertThat(shown.buckets()).hasSize(DurationBuckets.upperBoundsSeconds().length + 1).startsWith(2L, 1L, 0L).endsWith(0L, 1L, 1L);
        assertThat(shown.count()).isEqualTo(5);
        assertThat(shown.sumSeconds()).isCloseTo(7800.002, offset(1e-6));
    }

    @Test
    void duration_negative_isIgnored() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().duration(CHAT_DURATION, Duration.ofMillis(3));
        metrics.port().duration(CHAT_DURATION, Duration.ofSeconds(-1));

        assertThat(shown(metrics, CHAT_DURATION).count()).isEqualTo(1);
        assertThat(shown(metrics, CHAT_DURATION).sumSeconds()).isCloseTo(0.003, offset(1e-9));
    }

    @Test
    void duration_beyondNanoseconds_isTheLongestOne() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().duration(CHAT_DURATION, Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(shown(metrics, CHAT_DURATION).count()).isEqualTo(1);
        assertThat(shown(metrics, CHAT_DURATION).buckets()).endsWith(1L);
    }

    @Test
    void gauge_registeredAgain_readsTheNewSource() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("a"), () -> 3);
        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("a"))).isEqualTo(3);

        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("a"), () -> 8);

        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("a"))).isEqualTo(8);
        assertThat(metrics.seriesOf(ResilienceMetrics.CIRCUIT_STATE)).isEqualTo(1);
    }

    @Test
    void gauge_unknownOrFailing_isNotKnown_andHidesNoOther() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("a"), () -> Double.NaN);
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("b"), () -> {
            throw new IllegalStateException("not now");
        });
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("c"), () -> 1);

        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("a"))).isNull();
        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("b"))).isNull();
        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("c"))).isEqualTo(1);
    }

    @Test
    void gauge_sourceWithoutAnotherReference_isKept() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("a"), new AtomicInteger(4)::doubleValue);
        System.gc();

        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("a"))).isEqualTo(4);
    }

    @Test
    void adjust_upAndDown_beginsWithZeroAndAddsUp() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().adjust(CallMetrics.IN_FLIGHT.with(), 0);
        assertThat(metrics.number(CallMetrics.IN_FLIGHT.with())).isZero();

        metrics.port().adjust(CallMetrics.IN_FLIGHT.with(), 3);
        metrics.port().adjust(CallMetrics.IN_FLIGHT.with(), -5);

        assertThat(metrics.number(CallMetrics.IN_FLIGHT.with())).isEqualTo(-2);
    }

    @Test
    void labels_withSpecialCharacters_stayDistinct() {
        MetricsUnderTest metrics = start(SERIES);
        List<Series> odd = Stream.of("", " ", "a\",kind=\"b", "\\", "\n", "a\nb", "{}", "ä", "\uD83D\uDE00", "a,b=c")
                .map(value -> CallMetrics.ERRORS.with(value, "x"))
                .toList();
        for (int index = 0; index < odd.size(); index++) {
            metrics.port().count(odd.get(index), index + 1);
        }

        for (int index = 0; index < odd.size(); index++) {
            assertThat(metrics.number(odd.get(index))).as(odd.get(index).toString()).isEqualTo(index + 1);
        }
        assertThat(metrics.seriesOf(CallMetrics.ERRORS)).isEqualTo(odd.size());
    }

    @Test
    void seriesPerMetric_exceeded_putsTheRestTogetherAsOther() {
        MetricsUnderTest metrics = start(2);
        for (String operation : List.of("a", "b", "c", "d", "a", "c")) {
            metrics.port().count(CallMetrics.ERRORS.with(operation, "timeout"), 1);
            metrics.port().duration(CallMetrics.DURATION.with(operation), Duration.ofMillis(1));
        }
        metrics.port().count(CallMetrics.REQUESTS.with("c", "ok"), 1);

        assertThat(metrics.number(CallMetrics.ERRORS.with("a", "timeout"))).isEqualTo(2);
        assertThat(metrics.number(CallMetrics.ERRORS.with("c", "timeout"))).isNull();
        assertThat(metrics.number(CallMetrics.ERRORS.with("other", "other"))).isEqualTo(3);
        assertThat(metrics.number(CallMetrics.REQUESTS.with("c", "ok"))).isEqualTo(1);
        assertThat(shown(metrics, CallMetrics.DURATION.with("other")).count()).isEqualTo(3);
    }

    @Test
    void seriesPerMetric_thousandsOfNames_staysBounded() {
        MetricsUnderTest metrics = start(SERIES);
        for (int index = 0; index < 10_000; index++) {
            metrics.port().count(CallMetrics.ERRORS.with("operation-" + index, "timeout"), 1);
        }

        assertThat(metrics.seriesOf(CallMetrics.ERRORS)).isEqualTo(SERIES + 1);
        assertThat(metrics.number(CallMetrics.ERRORS.with("other", "other"))).isEqualTo(10_000 - SERIES);
    }

    @Test
    void gauge_beyondTheLimit_isTheOneRegisteredLast() {
        MetricsUnderTest metrics = start(1);
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("a"), () -> 0);
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("b"), () -> 1);
        metrics.port().gauge(ResilienceMetrics.CIRCUIT_STATE.with("c"), () -> 2);

        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("a"))).isZero();
        assertThat(metrics.number(ResilienceMetrics.CIRCUIT_STATE.with("other"))).isEqualTo(2);
    }

    @Test
    void anyMeasurement_nameTakenByAnotherKind_isNotThrown_andKeepsTheFirst() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().count(CallMetrics.IN_FLIGHT.with(), 5);

        assertThatCode(() -> {
                    metrics.port().gauge(CallMetrics.IN_FLIGHT.with(), () -> 1);
                    metrics.port().duration(CallMetrics.IN_FLIGHT.with(), Duration.ofMillis(1));
                    metrics.port().adjust(CallMetrics.IN_FLIGHT.with(), 1);
                })
                .doesNotThrowAnyException();
        metrics.port().count(CallMetrics.IN_FLIGHT.with(), 1);

        assertThat(metrics.number(CallMetrics.IN_FLIGHT.with())).isEqualTo(6);
    }

    @Test
    void anyMeasurement_libraryShutDown_isNotThrown() {
        MetricsUnderTest metrics = start(SERIES);
        metrics.port().count(CHAT_OK, 1);
        metrics.close();

        assertThatCode(() -> {
                    metrics.port().count(CHAT_OK, 1);
                    metrics.port().count(CallMetrics.REQUESTS.with("embed", "ok"), 1);
                    metrics.port().duration(CHAT_DURATION, Duration.ofMillis(1));
                    metrics.port().adjust(CallMetrics.IN_FLIGHT.with(), 1);
                    metrics.port().gauge(PoolMetrics.IDLE.with("a"), () -> 1);
                })
                .doesNotThrowAnyException();
    }

    private MetricsUnderTest start(int seriesPerMetric) {
        MetricsUnderTest metrics = create(seriesPerMetric);
        created.add(metrics);
        return metrics;
    }

    private static ShownDurations shown(MetricsUnderTest metrics, Series series) {
        return requireNonNull(metrics.durations(series), "no durations of " + series);
    }
}
