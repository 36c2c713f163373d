package dev.paddock.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

    @Test
    void with_asManyValuesAsLabels_isASeriesEqualByValue() {
        Metric.Series series = CallMetrics.REQUESTS.with("chat", "ok");

        assertThat(series.values()).containsExactly("chat", "ok");
        assertThat(series).isEqualTo(CallMetrics.REQUESTS.with("chat", "ok"))
                .hasSameHashCodeAs(CallMetrics.REQUESTS.with("chat", "ok"))
                .isNotEqualTo(CallMetrics.REQUESTS.with("ok", "chat"))
                .isNotEqualTo(CallMetrics.ERRORS.with("chat", "ok"));
    }

    @Test
    void with_wrongNumberOfValues_isRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallMetrics.REQUESTS.with("chat"))
                .withMessageContaining("paddock.requests");
        assertThatIllegalArgumentException().isThrownBy(() -> CallMetrics.IN_FLIGHT.with("chat"));
    }

    @Test
    void constants_all_haveDistinctNamesAndAreDescribed() throws Exception {
        List<Metric> metrics = new ArrayList<>(constants(CallMetrics.class));
        metrics.addAll(constants(PoolMetrics.class));
        metrics.addAll(constants(ResilienceMetrics.class));
        metrics.addAll(constants(RoutingMetrics.class));

        assertThat(metrics).extracting(Metric::name).doesNotHaveDuplicates();
        assertThat(metrics).allSatisfy(metric -> {
            assertThat(metric.name()).matches("paddock(\\.[a-z]+)+");
            assertThat(metric.description()).endsWith(".");
            assertThat(metric.unit()).matches("[a-z]+");
            assertThat(metric.labels()).allMatch(label -> label.matches("[a-z]+")).doesNotHaveDuplicates();
        });
    }

    private static List<Metric> constants(Class<?> holder) throws IllegalAccessException {
        List<Metric> metrics = new ArrayList<>();
        for (Field field : holder.getFields()) {
            metrics.add((Metric) field.get(null));
        }
        assertThat(metrics).isNotEmpty();
        return metrics;
    }
}
