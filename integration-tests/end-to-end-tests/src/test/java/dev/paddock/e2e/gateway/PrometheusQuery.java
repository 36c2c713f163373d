package dev.paddock.e2e.gateway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a query of Prometheus names: series with their labels, and labels to group by. Compared with a page of metrics. */
final class PrometheusQuery {

    private static final Pattern SERIES = Pattern.compile("(paddock_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    /** Labels that Prometheus itself adds. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("instance", "job");

    private final String query;

    PrometheusQuery(String query) {
        this.query = query;
    }

    /** Returns what the page does not have; nothing if every part of the query can select something. */
    List<String> missingIn(String page) {
        List<String> missing = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        Matcher series = SERIES.matcher(query);
        boolean any = false;
        while (series.find()) {
            any = true;
            String name = series.group(1);
            List<String> lines = lines(page, name);
            if (lines.isEmpty()) {
                missing.add("metric " + name);
            }
            lines.forEach(line -> labelsOf(line).forEach(labels::add));
            Matcher matcher = MATCHER.matcher(series.group(2) == null ? "" : series.group(2));
            while (matcher.find()) {
                if (!OF_THE_SCRAPE.contains(matcher.group(1)) && lines.stream().noneMatch(line -> selects(matcher.toMatchResult(), line))) {
                    missing.add("in " + name + ": " + matcher.group());
                }
            }
        }
        if (!any) {
            missing.add("any metric of Paddock");
        }
        Matcher grouping = GROUPING.matcher(query);
        while (grouping.find()) {
            Stream.of(grouping.group(1).split(","))
                    .map(String::strip)
                    .filter(label -> !labels.contains(label) && !OF_THE_SCRAPE.contains(label))
                    .forEach(label -> missing.add("label " + label));
        }
        return missing;
    }

    private static List<String> lines(String page, String metric) {
        return page.lines().filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " ")).toList();
    }

    private static List<String> labelsOf(String line) {
        return MATCHER.matcher(line).results().map(label -> label.group(1)).toList();
    }

    private static boolean selects(MatchResult wanted, String line) {
        boolean regular = wanted.group(2).endsWith("~");
        boolean negated = wanted.group(2).startsWith("!");
        return MATCHER.matcher(line).results()
                .filter(label -> label.group(1).equals(wanted.group(1)))
                .anyMatch(label -> negated != (regular ? label.group(3).matches(wanted.group(3)) : label.group(3).equals(wanted.group(3))));
    }
}
