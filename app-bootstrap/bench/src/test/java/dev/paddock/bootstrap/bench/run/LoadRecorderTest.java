package dev.paddock.bootstrap.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.bootstrap.bench.load.RequestCount;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import dev.paddock.domain.error.ErrorKind;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LoadRecorderTest {

    private static final long MILLI = 1_000_000;
    private static final long START = 5_000 * MILLI;

    @Test
    void measured_knownLatencies_hasTheirFigures() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(100, 0, 5), START);
        for (int index = 1; index <= 100; index++) {
            recording.add(answered(index * 10L, index));
        }

        ModeResult measured = measured(recording);

        Map<Measure, Double> values = measured.whole().values();
        assertThat(measured.whole().elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(values.get(Measure.MEAN)).isCloseTo(50.5, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.P50)).isCloseTo(50, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.P95)).isCloseTo(95, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.P99)).isCloseTo(99, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.MAX)).isCloseTo(100, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.THROUGHPUT)).isCloseTo(100, within(1e-9));
        assertThat(values.get(Measure.TOKENS)).isCloseTo(700, within(1e-9));
        assertThat(values.get(Measure.ERROR_RATE)).isZero();
    }

    @Test
    void measured_repetitions_followEachOtherWithoutAGap() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(10, 0, 5), START);
        for (int index = 1; index <= 10; index++) {
            recording.add(answered(index * 10L, 1));
        }

        ModeResult measured = measured(recording);

        assertThat(measured.repetitions()).hasSize(5).allSatisfy(repetition -> {
            assertThat(repetition.requests()).isEqualTo(2);
            assertThat(repetition.elapsed()).isEqualTo(Duration.ofMillis(20));
        });
    }

    @Test
    void measured_failures_countButHaveNoLatency() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(4, 0, 1), START);
        recording.add(answered(10, 5));
        recording.add(failed(20, ErrorKind.SERVER_BUSY));
        recording.add(failed(30, ErrorKind.SERVER_BUSY));
        recording.add(failed(2_000, ErrorKind.TIMEOUT));

        Figures whole = measured(recording).whole();

        assertThat(whole.errors()).isEqualTo(Map.of(ErrorKind.SERVER_BUSY, 2L, ErrorKind.TIMEOUT, 1L));
        assertThat(whole.values().get(Measure.ERROR_RATE)).isEqualTo(0.75);
        assertThat(whole.values().get(Measure.MAX)).isCloseTo(5, Percentage.withPercentage(0.2));
    }

    @Test
    void measured_stoppedEarly_hasWhatThereIs() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(10, 0, 5), START);
        recording.add(answered(10, 5));
        recording.add(answered(20, 5));
        recording.add(answered(30, 5));

        assertThat(measured(recording).repetitions()).hasSize(2);
        assertThat(measured(recording).whole().elapsed()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void measured_nothingHappened_hasNoLatency() {
        ModeResult measured = measured(new LoadRecorder(new RequestCount(10, 0, 5), START));

        assertThat(measured.whole().requests()).isZero();
        assertThat(measured.whole().values()).doesNotContainKeys(Measure.P50, Measure.TOKENS);
    }

    @Test
    void timeline_longRun_staysBounded() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(3_000, 0, 1), START);
        for (int index = 1; index <= 3_000; index++) {
            recording.add(answered(index * 100L, 1));
        }

        ModeResult measured = measured(recording);

        assertThat(measured.timeline()).hasSizeBetween(20, 80);
        assertThat(measured.timeline().stream().mapToLong(TimelinePoint::answers).sum()).isEqualTo(3_000);
    }

    private static ModeResult measured(LoadRecorder recording) {
        return recording.result(Mode.POOLED, new Connections("none", null, null, null));
    }

    private static Sample answered(long endMillis, long latencyMillis) {
        long end = START + endMillis * MILLI;
        return new Sample(end - latencyMillis * MILLI, end, new AnsweredRequest(7, null));
    }

    private static Sample failed(long endMillis, ErrorKind kind) {
        return new Sample(START, START + endMillis * MILLI, new FailedRequest(kind));
    }
}
