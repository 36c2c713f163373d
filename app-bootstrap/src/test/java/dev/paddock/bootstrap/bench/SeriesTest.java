package dev.paddock.bootstrap.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.bootstrap.bench.TimelinePoint.Latency;
import dev.paddock.domain.error.ErrorKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private static final long MILLI = 1_000_000;

    @Test
    void latency_timeWithoutAnswers_breaksTheLine() {
        Recording recording = new Recording(new Amount(4, 0, 1), 0);
        recording.add(answered(5));
        recording.add(answered(15));
        recording.add(answered(95));
        recording.add(answered(105));

        List<List<Point>> lines = Series.latency(mode(recording), Latency::p50);

        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line).hasSize(2));
    }

    @Test
    void latency_onlyFailures_hasNoLine() {
        Recording recording = new Recording(new Amount(1, 0, 1), 0);
        recording.add(new Sample(0, 5 * MILLI, new Outcome.Failed(ErrorKind.SERVER_BUSY)));

        assertThat(Series.latency(mode(recording), Latency::p50)).isEmpty();
    }

    @Test
    void answers_oneInTheLastMoment_isNoPeak() {
        Recording recording = new Recording(new Amount(3, 0, 1), 0);
        recording.add(answered(1));
        recording.add(answered(2));
        recording.add(new Sample(0, 10 * MILLI + 1000, new Outcome.Answered(1, null)));

        List<Bar> bars = Series.answers(mode(recording));

        assertThat(bars).extracting(Bar::top).satisfiesExactly(
                whole -> assertThat(whole).isCloseTo(200, within(1e-6)),
                last -> assertThat(last).isCloseTo(200, within(1e-6)));
    }

    private static Sample answered(long ended) {
        return new Sample(0, ended * MILLI, new Outcome.Answered(1, null));
    }

    private static ModeResult mode(Recording recording) {
        return new ModeResult(Mode.POOLED, recording.measured(), new Connections("none", null, null, null));
    }
}
