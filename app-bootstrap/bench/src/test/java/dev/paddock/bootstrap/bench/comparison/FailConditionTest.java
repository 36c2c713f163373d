package dev.paddock.bootstrap.bench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailConditionTest {

    private static final Range ONE = new Range(1, List.of());

    @Test
    void violations_figureThatIsNotKnown_sayNothingFalseAboutAnswers() {
        FailCondition condition = FailCondition.parse("tokens_per_second<5");

        assertThat(condition.violations(summary(Map.of(Measure.MEAN, ONE)), null))
                .containsExactly("tokens_per_second<5 in mode pooled: there is no such figure");
        assertThat(condition.violations(summary(Map.of(Measure.ERROR_RATE, ONE)), null))
                .containsExactly("tokens_per_second<5 in mode pooled: there is no such figure, because no answer was complete");
    }

    private static Summary summary(Map<Measure, Range> figures) {
        return new Summary(Map.of(), true, List.of(), Map.of(), Map.of(Mode.POOLED, figures), null);
    }
}
