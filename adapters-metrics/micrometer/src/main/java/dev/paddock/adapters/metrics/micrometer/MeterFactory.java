package dev.paddock.adapters.metrics.micrometer;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Adds meters to a registry, which may refuse them, and removes them. Thread-safe, never throws. */
final class MeterFactory {

    private static final System.Logger LOGGER = System.getLogger(MeterFactory.class.getName());

    /** Prometheus takes these ends of names away, because it adds them itself. */
    private static final List<String> RESERVED = List.of(".created", ".total", ".info", ".bucket");

    private final MeterRegistry registry;
    private final Tags tags;
    private final ConcurrentMap<Series, SourcedMeter> sourced = new ConcurrentHashMap<>();

    MeterFactory(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** Creates a meter; if the registry refuses it, one that nothing shows. */
    <M extends Meter> M create(Series series, BiFunction<MeterRegistry, Tags, M> creation) {
        Tags all = tags.and(tags(series));
        try {
            return creation.apply(registry, all);
        } catch (RuntimeException refused) {
            LOGGER.log(
                    Level.WARNING,
                    () -> "the registry refused a meter [metric=" + series.metric().name() + "]: " + refused.getMessage());
            return creation.apply(new CompositeMeterRegistry(), all); // without a registry in it, it ignores what is measured
        }
    }

    /** Adds a number that goes up and down. */
    void addGauge(Series series, DoubleSupplier source) {
        Meter meter = create(series, (target, all) -> Gauge.builder(series.metric().name(), source, DoubleSupplier::getAsDouble)
                .description(series.metric().description())
                .tags(all)
                .strongReference(true)
                .register(target));
        sourced.put(series, new SourcedMeter(meter, source));
    }

    /** Adds a number that only goes up. */
    void addTotal(Series series, DoubleSupplier source) {
        Meter meter = create(series, (target, all) -> FunctionCounter.builder(series.metric().name(), source, DoubleSupplier::getAsDouble)
                .description(series.metric().description())
                .tags(all)
                .baseUnit(unit(series.metric()))
                .register(target));
        sourced.put(series, new SourcedMeter(meter, source));
    }

    /** Removes a gauge or a total. */
    void remove(Series series) {
        SourcedMeter removed = sourced.remove(series);
        if (removed != null) {
            registry.remove(removed.meter());
        }
    }

    /** Removes all gauges and totals. */
    void removeAll() {
        List.copyOf(sourced.keySet()).forEach(this::remove);
    }

    /** Returns the unit, where it has to be a part of the name; otherwise the name says what is counted. */
    static @Nullable String unit(Metric metric) {
        return RESERVED.stream().anyMatch(metric.name()::endsWith) ? metric.unit() : null;
    }

    private static Tags tags(Series series) {
        List<String> labels = series.metric().labels();
        Tags tags = Tags.empty();
        for (int index = 0; index < labels.size(); index++) {
            tags = tags.and(labels.get(index), series.values().get(index));
        }
        return tags;
    }

    /**
     * A meter that reads a number.
     *
     * @param source what it reads, referred to here because a registry has only weak references to some sources
     */
    private record SourcedMeter(Meter meter, DoubleSupplier source) {}
}
