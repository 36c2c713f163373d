package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.metrics.DurationBuckets;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The instruments of a meter by metric: one for each, of the kind that is measured first. Thread-safe, never throws. */
final class MetricInstruments {

    private static final System.Logger LOGGER = System.getLogger(MetricInstruments.class.getName());
    private static final Meter NO_METER = MeterProvider.noop().get("dev.paddock");
    private static final List<Double> BUCKETS =
            Arrays.stream(DurationBuckets.upperBoundsSeconds()).boxed().toList();

    private final Meter meter;
    private final ConcurrentMap<String, Object> byName = new ConcurrentHashMap<>();

    MetricInstruments(Meter meter) {
        this.meter = meter;
    }

    LongCounter counter(Metric metric) {
        return instrument(metric, LongCounter.class, target -> target.counterBuilder(metric.name())
                .setUnit(unit(metric))
                .setDescription(metric.description())
                .build());
    }

    LongUpDownCounter level(Metric metric) {
        return instrument(metric, LongUpDownCounter.class, target -> target.upDownCounterBuilder(metric.name())
                .setUnit(unit(metric))
                .setDescription(metric.description())
                .build());
    }

    DoubleHistogram durations(Metric metric) {
        return instrument(metric, DoubleHistogram.class, target -> target.histogramBuilder(metric.name())
                .setUnit(unit(metric))
                .setDescription(metric.description())
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build());
    }

    /** Returns the gauge of a metric, which is made once. */
    ObservableDoubleGauge gauge(Metric metric, Consumer<ObservableDoubleMeasurement> reading) {
        return instrument(metric, ObservableDoubleGauge.class, target -> target.gaugeBuilder(metric.name())
                .setUnit(unit(metric))
                .setDescription(metric.description())
                .buildWithCallback(reading));
    }

    private <I> I instrument(Metric metric, Class<I> kind, Function<Meter, I> creation) {
        Object present = byName.computeIfAbsent(metric.name(), name -> create(metric, creation));
        if (kind.isInstance(present)) {
            return kind.cast(present);
        }
        LOGGER.log(Level.WARNING, () -> "two kinds of measurement have one name [metric=" + metric.name() + "]");
        return creation.apply(NO_METER);
    }

    private <I> I create(Metric metric, Function<Meter, I> creation) {
        try {
            return creation.apply(meter);
        } catch (RuntimeException refused) {
            LOGGER.log(Level.WARNING, () -> "the meter refused an instrument [metric=" + metric.name() + "]: " + refused);
            return creation.apply(NO_METER);
        }
    }

    /** Returns the attributes that the labels of a series are. */
    static Attributes attributes(Series series) {
        AttributesBuilder attributes = Attributes.builder();
        List<String> labels = series.metric().labels();
        for (int index = 0; index < labels.size(); index++) {
            attributes.put(labels.get(index), series.values().get(index));
        }
        return attributes.build();
    }

    /** Returns the unit in the notation of UCUM, in which counted things are annotations. */
    static String unit(Metric metric) {
        return switch (metric.unit()) {
            case "seconds" -> "s";
            case "bytes" -> "By";
            case "state", "ratio" -> "1";
            default -> "{" + metric.unit() + "}";
        };
    }
}
