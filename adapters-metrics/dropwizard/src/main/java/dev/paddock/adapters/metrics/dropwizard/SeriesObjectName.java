package dev.paddock.adapters.metrics.dropwizard;

import dev.paddock.domain.metrics.Metric.Series;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The name of a series as a managed bean: the metric is the property {@code name}, each label is a property of its
 * own, so that a pattern such as {@code dev.paddock:name=paddock.requests,outcome=ok,*} selects by label.
 */
final class SeriesObjectName {

    private static final Set<String> OWN_KEYS = Set.of("name", "type");
    private static final String MARKS_TO_QUOTE = ",=:\"*?\\\n\r";

    private SeriesObjectName() {}

    /** Returns the name of a series in a domain; the type is that of the registry, for example {@code counters}. */
    static ObjectName of(String domain, String type, Series series) throws MalformedObjectNameException {
        // The constructor of ObjectName asks for this type.
        @SuppressWarnings("JdkObsolete")
        Hashtable<String, String> properties = new Hashtable<>();
        properties.put("type", type);
        properties.put("name", quotedIfNeeded(series.metric().name()));
        List<String> labels = series.metric().labels();
        for (int i = 0; i < labels.size(); i++) {
            properties.put(key(labels.get(i)), quotedIfNeeded(series.values().get(i)));
        }
        return new ObjectName(domain, properties);
    }

    private static String key(String label) {
        return OWN_KEYS.contains(label) ? "label." + label : label;
    }

    private static String quotedIfNeeded(String value) {
        boolean marked = value.chars().anyMatch(character -> MARKS_TO_QUOTE.indexOf(character) >= 0);
        return value.isEmpty() || marked ? ObjectName.quote(value) : value;
    }
}
