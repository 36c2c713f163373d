package dev.paddock.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.bootstrap.bench.TimelinePoint.LatencyPercentiles;
import dev.paddock.domain.error.ErrorKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartSeriesTest {

    private static final long MILLI = 1_000_000;

    @Test
    void latency_timeWithoutAnswers_breaksTheLine() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(4, 0, 1), 0);
        recording.add(answered(5));
        recording.add(answered(15));
        recording.add(answered(95));
        recording.add(answered(105));

        List<List<Point>> lines = ChartSeries.latency(mode(recording), LatencyPercentiles::p50);

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).hasSize(2));
    }

    @Test
    void latency_onlyFailures_hasNoLine() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(1, 0, 1), 0);
        recording.add(new Sample(0, 5 * MILLI, new RequestOutcome.FailedRequest(ErrorKind.SERVER_BUSY)));

        assertThat(ChartSeries.latency(mode(recording), LatencyPercentiles::p50)).isEmpty();
    }

    @Test
    void answers_oneInTheLastMoment_isNoPeak() {
        LoadRecorder recording = new LoadRecorder(new RequestCount(3, 0, 1), 0);
        recording.add(answered(1));
        recording.add(answered(2));
        recording.add(new Sample(0, 10 * MILLI + 1000, new RequestOutcome.AnsweredRequest(1, null)));

        List<Bar> bars = ChartSeries.answers(mode(recording));

        assertThat(bars).extracting(Bar::top).satisfiesExactly(
                whole -> assertThat(whole).isCloseTo(200, within(1e-6)),
                last -> assertThat(last).isCloseTo(200, within(1e-6)));
    }

    private static Sample answered(long ended) {
        return new Sample(0, ended * MILLI, new RequestOutcome.AnsweredRequest(1, null));
    }

    private static ModeResult mode(LoadRecorder recording) {
        return new ModeResult(Mode.POOLED, recording.measured(), new Connections("none", null, null, null));
    }
}
