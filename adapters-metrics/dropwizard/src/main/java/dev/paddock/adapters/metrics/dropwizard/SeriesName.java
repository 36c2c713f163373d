package dev.paddock.adapters.metrics.dropwizard;

import dev.paddock.domain.metrics.Metric.Series;
import java.util.List;

/**
 * The name of a series in a registry, for example {@code paddock.requests{operation="chat",outcome="ok"}}; equal
 * series have equal names, different series have different names.
 */
final class SeriesName {

    private SeriesName() {}

    static String of(Series series) {
        List<String> labels = series.metric().labels();
        if (labels.isEmpty()) {
            return series.metric().name();
        }
        StringBuilder name = new StringBuilder(series.metric().name());
        char separator = '{';
        for (int i = 0; i < labels.size(); i++) {
            name.append(separator).append(labels.get(i)).append("=\"");
            appendEscaped(series.values().get(i), name);
            name.append('"');
            separator = ',';
        }
        return name.append('}').toString();
    }

    private static void appendEscaped(String value, StringBuilder target) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '"', '\\' -> target.append('\\').append(character);
                case '\n' -> target.append("\\n");
                default -> target.append(character);
            }
        }
    }
}
