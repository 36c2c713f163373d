package dev.paddock.bootstrap.operations;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page for Prometheus has: families with their types and the labels of their samples. */
final class ExposedMetrics {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private ExposedMetrics() {}

    static Map<String, DocumentedMetric> of(String page) {
        Map<String, DocumentedMetric> families = new TreeMap<>();
        DocumentedMetric family = null;
        for (String line : page.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                family = new DocumentedMetric(type.group(1), type.group(2), new TreeSet<>());
                families.put(family.name(), family);
            } else if (family != null && !line.startsWith("#")) {
                addLabels(line, family.labels());
            }
        }
        return families;
    }

    private static void addLabels(String sample, Set<String> labels) {
        LABEL.matcher(sample).results().map(label -> label.group(1)).forEach(labels::add);
        labels.remove("le"); // every histogram has it
    }
}
