package dev.paddock.bootstrap.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.bench.comparison.Change.ChangeVerdict;
import dev.paddock.bootstrap.bench.result.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTest {

    private static final Range BEFORE = new Range(10, List.of(9.8, 9.9, 10.0, 10.1, 10.2));

    @Test
    void verdict_spreadsTouch_isNoise() {
        assertThat(verdict(Measure.P50, new Range(10.4, List.of(10.2, 10.3, 10.4, 10.5, 10.6))))
                .isEqualTo(ChangeVerdict.WITHIN_NOISE);
    }

    @Test
    void verdict_spreadsTouchAlthoughTheChangeIsLarger_isNoise() {
        assertThat(verdict(Measure.P50, new Range(10.45, List.of(10.1, 10.4, 10.45, 10.46, 10.5))))
                .isEqualTo(ChangeVerdict.WITHIN_NOISE);
    }

    @Test
    void verdict_changeNoLargerThanTheWiderSpread_isNoise() {
        // They do not touch, but one of them varies by as much as they differ.
        assertThat(verdict(Measure.P50, new Range(11, List.of(10.3, 10.6, 11.0, 11.4, 11.5))))
                .isEqualTo(ChangeVerdict.WITHIN_NOISE);
    }

    @Test
    void verdict_lessLatency_isBetter() {
        assertThat(verdict(Measure.P50, new Range(8, List.of(7.9, 8.0, 8.0, 8.1, 8.1)))).isEqualTo(ChangeVerdict.BETTER);
    }

    @Test
    void verdict_moreLatency_isWorse() {
        assertThat(verdict(Measure.P50, new Range(12, List.of(11.9, 12.0, 12.0, 12.1, 12.1))))
                .isEqualTo(ChangeVerdict.WORSE);
    }

    @Test
    void verdict_moreThroughput_isBetter() {
        assertThat(verdict(Measure.THROUGHPUT, new Range(12, List.of(11.9, 12.0, 12.0, 12.1, 12.1))))
                .isEqualTo(ChangeVerdict.BETTER);
    }

    @Test
    void verdict_threeParts_areTooFew() {
        assertThat(verdict(Measure.P50, new Range(20, List.of(20.0, 20.0, 20.0))))
                .isEqualTo(ChangeVerdict.TOO_FEW_PARTS);
    }

    @Test
    void verdict_noErrorsAndNoErrors_isNoise() {
        Range none = new Range(0, List.of(0.0, 0.0, 0.0, 0.0, 0.0));
        Change change = new Change(Measure.ERROR_RATE, none, none);

        assertThat(change.verdict()).isEqualTo(ChangeVerdict.WITHIN_NOISE);
        assertThat(change.relative()).isNull();
    }

    @Test
    void verdict_serverThatFailsDuringTheRun_isWorseAlthoughPartsAreEqual() {
        Range before = new Range(0.01, List.of(0.0, 0.01, 0.01, 0.01, 0.02));
        Range now = new Range(0.4, List.of(0.0, 0.0, 0.0, 1.0, 1.0));

        assertThat(new Change(Measure.ERROR_RATE, before, now).verdict()).isEqualTo(ChangeVerdict.WORSE);
        assertThat(new Change(Measure.ERROR_RATE, now, before).verdict()).isEqualTo(ChangeVerdict.WITHIN_NOISE);
    }

    @Test
    void verdict_errorsAsInSomePartOfTheBaseline_areNoise() {
        Range before = new Range(0.01, List.of(0.0, 0.01, 0.01, 0.01, 0.02));
        Range now = new Range(0.02, List.of(0.02, 0.02, 0.02, 0.02, 0.02));

        assertThat(new Change(Measure.ERROR_RATE, before, now).verdict()).isEqualTo(ChangeVerdict.WITHIN_NOISE);
    }

    @Test
    void relative_tellsShareOfBefore() {
        Change change = new Change(Measure.P50, BEFORE, new Range(12, List.of(11.0, 13.0)));

        assertThat(change.relative()).isEqualTo(0.2);
        assertThat(change.relativeNoise()).isEqualTo(0.2);
    }

    private static ChangeVerdict verdict(Measure measure, Range now) {
        return new Change(measure, BEFORE, now).verdict();
    }
}
