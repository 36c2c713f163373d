package dev.paddock.e2e.fault;

import dev.paddock.bootstrap.Paddock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a client has measured of the calls of one operation, as the page for Prometheus shows it. */
final class Measurements {

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final String page;
    private final String operation;

    private Measurements(String page, String operation) {
        this.page = page;
        this.operation = operation;
    }

    static Measurements of(Paddock paddock, Call call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            paddock.writeMetrics(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Measurements(bytes.toString(StandardCharsets.UTF_8), call.label());
    }

    /** Returns the outcome of the only call there was, or whatever there is instead. */
    String onlyOutcome() {
        Map<String, Integer> requests = counts("paddock_requests_total", "outcome");
        return requests.values().stream().mapToInt(count -> count).sum() == 1
                ? requests.keySet().iterator().next()
                : requests.toString();
    }

    /** Returns how often another attempt was decided about, by reason. */
    Map<String, Integer> retries() {
        return counts("paddock_retries_total", "reason");
    }

    private Map<String, Integer> counts(String metric, String label) {
        return page.lines()
                .filter(line -> line.startsWith(metric + "{"))
                .filter(line -> operation.equals(labels(line).get("operation")))
                .collect(Collectors.toMap(line -> labels(line).get(label), Measurements::value));
    }

    private static Map<String, String> labels(String line) {
        Matcher matcher = LABEL.matcher(line);
        return matcher.results().collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    }

    private static int value(String line) {
        return (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
