package dev.paddock.adapters.metrics.dropwizard;

import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import dev.paddock.domain.metrics.Metric.Series;
import java.lang.System.Logger.Level;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The series that Paddock put into a registry, which may have other users. Thread-safe, never throws. */
final class RegisteredSeries {

    private static final System.Logger LOGGER = System.getLogger(RegisteredSeries.class.getName());

    private final MetricRegistry registry;
    private final ConcurrentMap<String, Series> byName = new ConcurrentHashMap<>();

    RegisteredSeries(MetricRegistry registry) {
        this.registry = registry;
    }

    MetricRegistry registry() {
        return registry;
    }

    /**
     * Puts an instrument into the registry. If its name is taken or the registry throws, the instrument stays outside: it counts but
     * is not shown by the registry, and no call fails because it was counted.
     */
    void add(Series series, Metric instrument) {
        String name = SeriesName.of(series);
        // First, because listeners of the registry ask for the series.
        if (byName.putIfAbsent(name, series) != null) {
            LOGGER.log(Level.WARNING, () -> "two kinds of measurement have one name [metric=" + name + "]");
            return;
        }
        try {
            registry.register(name, instrument);
        } catch (RuntimeException failure) {
            if (!contains(name, instrument)) {
                byName.remove(name);
            }
            LOGGER.log(Level.WARNING, () -> "the registry refused a measurement [metric=" + name + "]: " + failure);
        }
    }

    /** A listener may have thrown after the registry took the instrument. */
    private boolean contains(String name, Metric instrument) {
        try {
            return instrument.equals(registry.getMetrics().get(name));
        } catch (RuntimeException unknown) {
            return false;
        }
    }

    /** Removes an instrument from the registry. */
    void remove(Series series) {
        String name = SeriesName.of(series);
        try {
            if (byName.containsKey(name)) {
                registry.remove(name);
            }
        } catch (RuntimeException failure) {
            LOGGER.log(Level.WARNING, () -> "the registry kept a measurement [metric=" + name + "]: " + failure);
        } finally {
            byName.remove(name);
        }
    }

    /** Returns the series that has a name in the registry, or null if Paddock did not put it there. */
    @Nullable Series find(String name) {
        return byName.get(name);
    }
}
