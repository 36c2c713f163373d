package dev.paddock.domain.reuse.semantic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Intervals are compared with published values; the bound on errors is checked by simulated questions. */
class EntryEvidenceTest {

    @Test
    void errorRate_interval_isThatOfWilson() {
        ErrorRate some = new ErrorRate(2, 50);
        assertThat(some.fraction()).isEqualTo(0.04);
        assertThat(some.low()).isCloseTo(0.011043, within(1e-5));
        assertThat(some.high()).isCloseTo(0.134591, within(1e-5));
        assertThat(new ErrorRate(0, 10).low()).isZero();
        assertThat(new ErrorRate(0, 10).high()).isCloseTo(0.277533, within(1e-5));
        assertThat(new ErrorRate(10, 10).low()).isCloseTo(0.722467, within(1e-5));
        assertThat(new ErrorRate(10, 10).high()).isEqualTo(1);
        assertThat(new ErrorRate(0, 0)).satisfies(none -> {
            assertThat(none.fraction()).isZero();
            assertThat(none.low()).isZero();
            assertThat(none.high()).isEqualTo(1);
        });
        assertThatThrownBy(() -> new ErrorRate(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ErrorRate(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leastProbability_isThatOfClopperAndPearson() {
        assertThat(EntryEvidence.leastProbability(10, 10, 0.05)).isCloseTo(Math.pow(0.05, 0.1), within(1e-6));
        assertThat(EntryEvidence.leastProbability(9, 10, 0.05)).isCloseTo(0.6058, within(1e-4));
        assertThat(EntryEvidence.leastProbability(0, 10, 0.05)).isZero();
        assertThat(EntryEvidence.leastProbability(0, 0, 0.05)).isZero();
    }

    @Test
    void servingFraction_fewObservations_isZero() {
        EntryEvidence evidence = EntryEvidence.NONE;
        for (int count = 0; count < 6; count++) {
            assertThat(evidence.servingFraction(0.95, 0.5, 6)).isZero();
            evidence = evidence.with(0.9, true);
        }
        assertThat(evidence.servingFraction(0.95, 0.5, 6)).isPositive();
        assertThat(EntryEvidence.NONE.servingFraction(0.95, 1, 6)).isEqualTo(1);
    }

    @Test
    void servingFraction_growsWithRightAnswersOnly() {
        EntryEvidence right = EntryEvidence.NONE;
        double before = 0;
        for (int count = 0; count < 60; count++) {
            right = right.with(0.9, true);
            double now = right.servingFraction(0.92, 0.02, 0);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isLessThan(1);
        assertThat(right.with(0.93, false).servingFraction(0.92, 0.02, 0)).isLessThan(before);
        assertThat(right.with(0.91, false).servingFraction(0.92, 0.02, 0)).isEqualTo(before); // less similar: says nothing
        assertThat(right.servingFraction(0.89, 0.02, 0)).isEqualTo(0.02); // no evidence about less similar questions
    }

    @Test
    void with_manyObservations_keepsTheNewest() {
        EntryEvidence evidence = EntryEvidence.NONE;
        for (int count = 0; count < 3 * EntryEvidence.MOST; count++) {
            evidence = evidence.with(0.9, count >= 2 * EntryEvidence.MOST);
        }
        assertThat(evidence.observations()).isEqualTo(EntryEvidence.MOST);
        assertThat(evidence.servingFraction(0.9, 0.02, 6)).isGreaterThan(0.2);
    }

    @Test
    void servingFraction_simulatedEntries_keepsTheBoundOnErrors() {
        for (double reliability : new double[] {0.3, 0.6, 0.8, 0.9, 0.95, 0.99}) {
            Random random = new Random(42);
            long errors = 0;
            long questions = 0;
            for (int entry = 0; entry < 40; entry++) {
                EntryEvidence evidence = EntryEvidence.NONE;
                for (int question = 0; question < 60; question++) {
                    boolean isRight = random.nextDouble() < reliability;
                    questions++;
                    if (random.nextDouble() < evidence.servingFraction(0.9, 0.05, 6)) {
                        errors += isRight ? 0 : 1;
                    } else {
                        evidence = evidence.with(0.9, isRight);
                    }
                }
            }
            assertThat((double) errors / questions).as("with %s right", reliability).isLessThanOrEqualTo(0.05);
        }
    }
}
