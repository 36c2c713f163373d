package dev.paddock.bootstrap.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.bootstrap.bench.load.ArrivalProcess.ConstantArrivals;
import dev.paddock.bootstrap.bench.load.LoadLimit;
import dev.paddock.bootstrap.bench.load.LoadPlan;
import dev.paddock.bootstrap.bench.load.LoadRate;
import dev.paddock.bootstrap.bench.load.LoadSize;
import dev.paddock.bootstrap.bench.load.ServiceLimit;
import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import dev.paddock.bootstrap.bench.load.TargetKind;
import dev.paddock.bootstrap.bench.load.Workload;
import dev.paddock.bootstrap.bench.load.Workload.WorkloadKind;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Figures.FailureSummary;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.bootstrap.bench.result.ModeResult;
import dev.paddock.bootstrap.bench.result.ModeResult.Connections;
import dev.paddock.bootstrap.bench.result.ModeResult.LimitCount;
import dev.paddock.bootstrap.bench.result.ModeResult.Punctuality;
import dev.paddock.bootstrap.bench.result.ModeResult.TimelinePoint;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.model.ModelName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LoadRecorderTest {

    private static final long MILLI = 1_000_000;
    private static final long START = 5_000 * MILLI;

    @Test
    void measured_knownLatencies_hasTheirFigures() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(100, 0, 5));
        for (int index = 1; index <= 100; index++) {
            add(recording, answered(index * 10L, index));
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
    void measured_parts_followEachOtherWithoutAGap() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(10, 0, 5));
        for (int index = 1; index <= 10; index++) {
            add(recording, answered(index * 10L, 1));
        }

        ModeResult measured = measured(recording);

        assertThat(measured.parts()).hasSize(5).allSatisfy(part -> {
            assertThat(part.requests()).isEqualTo(2);
            assertThat(part.elapsed()).isEqualTo(Duration.ofMillis(20));
        });
    }

    @Test
    void measured_failures_countButHaveNoLatency() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(4, 0, 1));
        add(recording, answered(10, 5));
        add(recording, failed(20, ErrorKind.SERVER_BUSY));
        add(recording, failed(30, ErrorKind.SERVER_BUSY));
        add(recording, failed(2_000, ErrorKind.TIMEOUT));

        Figures whole = measured(recording).whole();

        assertThat(whole.errors()).hasSize(2);
        assertThat(whole.errors().get(ErrorKind.SERVER_BUSY).count()).isEqualTo(2);
        assertThat(whole.errors().get(ErrorKind.TIMEOUT).count()).isEqualTo(1);
        assertThat(whole.values().get(Measure.ERROR_RATE)).isEqualTo(0.75);
        assertThat(whole.values().get(Measure.MAX)).isCloseTo(5, Percentage.withPercentage(0.2));
    }

    @Test
    void measured_stoppedEarly_hasWhatThereIs() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(10, 0, 5));
        add(recording, answered(10, 5));
        add(recording, answered(20, 5));
        add(recording, answered(30, 5));

        assertThat(measured(recording).parts()).hasSize(2);
        assertThat(measured(recording).whole().elapsed()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void measured_nothingHappened_hasNoLatency() {
        ModeResult measured = measured(recorder(LoadSize.ofRequests(10, 0, 5)));

        assertThat(measured.whole().requests()).isZero();
        assertThat(measured.whole().values()).doesNotContainKeys(Measure.P50, Measure.TOKENS);
    }

    @Test
    void timeline_longRun_staysBounded() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(3_000, 0, 1));
        for (int index = 1; index <= 3_000; index++) {
            add(recording, answered(index * 100L, 1));
        }

        ModeResult measured = measured(recording);

        assertThat(measured.timeline()).hasSizeBetween(20, 80);
        assertThat(measured.timeline().stream().mapToLong(TimelinePoint::answers).sum()).isEqualTo(3_000);
    }

    @Test
    void measured_streams_haveTimesToTheFirstTokenAndBetweenTokens() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(2, 0, 1));
        add(recording, streamed(0, 100, 110, 120));
        add(recording, streamed(0, 200, 240, 250, 260));

        ModeResult measured = measured(recording);

        Map<Measure, Double> values = measured.whole().values();
        assertThat(values.get(Measure.FIRST_TOKEN_P50)).isCloseTo(100, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.FIRST_TOKEN_P99)).isCloseTo(200, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.BETWEEN_TOKENS_P50)).isCloseTo(10, Percentage.withPercentage(0.2));
        assertThat(values.get(Measure.BETWEEN_TOKENS_P99)).isCloseTo(40, Percentage.withPercentage(0.2));
        assertThat(measured.distributions().get(LimitedTime.BETWEEN_TOKENS).getLast().percentile()).isEqualTo(100);
        assertThat(measured.counts().inputTokens()).isEqualTo(6);
        assertThat(measured.counts().outputTokens()).isEqualTo(14);
    }

    @Test
    void measured_limits_countOnlyRequestsThatAreWithinAllOfThem() {
        List<ServiceLimit> limits = List.of(
                new ServiceLimit(LimitedTime.FIRST_TOKEN, null, Duration.ofMillis(150)),
                new ServiceLimit(LimitedTime.LATENCY, 75.0, Duration.ofMillis(300)));
        LoadRecorder recording = recorder(LoadSize.ofRequests(4, 0, 1), new LoadRate(4, null), limits);
        add(recording, streamed(0, 100, 200)); // within both
        add(recording, streamed(0, 100, 400)); // the first token only
        add(recording, streamed(0, 200, 250)); // the end only
        add(recording, failed(500, ErrorKind.SERVER_BUSY)); // quick or not, a failure is not good

        ModeResult measured = measured(recording);

        assertThat(measured.whole().values().get(Measure.GOODPUT)).isCloseTo(2, within(1e-9));
        assertThat(measured.whole().values().get(Measure.WITHIN_LIMITS)).isEqualTo(0.25);
        assertThat(measured.counts().limits()).extracting(LimitCount::within).containsExactly(2L, 2L);
        assertThat(measured.counts().limits()).extracting(LimitCount::isMet).containsExactly(null, false);
    }

    @Test
    void measured_failures_keepTheFirstTextOfEachKind() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(3, 0, 3));
        add(recording, failed(10, ErrorKind.SERVER_BUSY, "the first"));
        add(recording, failed(20, ErrorKind.SERVER_BUSY, "the second"));
        add(recording, failed(30, ErrorKind.TIMEOUT, "another"));

        assertThat(measured(recording).whole().errors())
                .containsEntry(ErrorKind.SERVER_BUSY, new FailureSummary(2, "the first", "http://one:1"))
                .containsEntry(ErrorKind.TIMEOUT, new FailureSummary(1, "another", "http://one:1"));
    }

    @Test
    void measured_duration_isDividedByTime() {
        LoadSize size = new LoadSize(LoadLimit.lasting(Duration.ofSeconds(1)), LoadLimit.ofRequests(0), 4);
        LoadRecorder recording = recorder(size);
        add(recording, answered(100, 10));
        add(recording, answered(200, 10));
        add(recording, answered(900, 10));
        add(recording, answered(1100, 10)); // began before the end

        assertThat(measured(recording).parts()).extracting(Figures::requests).containsExactly(2L, 0L, 0L, 2L);
        assertThat(measured(recording).parts())
                .extracting(Figures::elapsed)
                .containsExactly(Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofMillis(350));
    }

    @Test
    void timeline_requestsInProgress_areTheMostOfEachSpan() {
        LoadRecorder recording = recorder(LoadSize.ofRequests(3, 0, 1));
        recording.start(START + MILLI);
        recording.start(START + 2 * MILLI);
        recording.start(START + 12 * MILLI);
        recording.add(answered(15, 14), false);
        recording.add(answered(35, 33), false);
        recording.add(answered(45, 33), false);

        assertThat(measured(recording).timeline()).extracting(TimelinePoint::inFlight).containsExactly(2, 3, 2, 2, 1);
    }

    @Test
    void openLoop_lateStartsAndBusyConnections_areCounted() {
        LoadRecorder recording =
                recorder(LoadSize.ofRequests(3, 0, 1), new LoadRate(1, new ConstantArrivals(10)), List.of());
        recording.addArrival(0);
        recording.addArrival(9 * MILLI);
        recording.addArrival(40 * MILLI);
        recording.start(START);
        recording.start(START); // while the only connection is in use

        Punctuality punctuality = measured(recording).counts().punctuality();

        assertThat(punctuality).isEqualTo(new Punctuality(3, 1, Duration.ofMillis(40), 1));
        assertThat(punctuality.isKept()).isFalse();
    }

    private static LoadRecorder recorder(LoadSize size) {
        return recorder(size, new LoadRate(2, null), List.of());
    }

    private static LoadRecorder recorder(LoadSize size, LoadRate rate, List<ServiceLimit> limits) {
        Workload workload = Workload.of(WorkloadKind.STREAM, new ModelName("m"), 16);
        return new LoadRecorder(new LoadPlan(TargetKind.SERVER, workload, rate, size, limits), START);
    }

    private static ModeResult measured(LoadRecorder recording) {
        return recording.result(Mode.POOLED, new Connections("none", null, null, 0, null, null));
    }

    private static void add(LoadRecorder recording, Sample sample) {
        recording.start(sample.due());
        recording.add(sample, false);
    }

    private static Sample answered(long endMillis, long latencyMillis) {
        long end = START + endMillis * MILLI;
        return new Sample("m", end - latencyMillis * MILLI, end, new AnsweredRequest("", 3, 7));
    }

    /** A streamed answer whose chunks came at the given times. */
    private static Sample streamed(long dueMillis, long... chunkMillis) {
        long[] chunks = LongStream.of(chunkMillis).map(at -> START + at * MILLI).toArray();
        return new Sample("m", START + dueMillis * MILLI, chunks[chunks.length - 1], new AnsweredRequest("", 3, 7, chunks));
    }

    private static Sample failed(long endMillis, ErrorKind kind) {
        return failed(endMillis, kind, "no");
    }

    private static Sample failed(long endMillis, ErrorKind kind, String message) {
        return new Sample("m", START, START + endMillis * MILLI, new FailedRequest(kind, message, "http://one:1"));
    }
}
