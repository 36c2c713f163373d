package dev.paddock.adapters.metrics.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.ports.pool.PoolPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in the Prometheus text format 0.0.4, read strictly: every line is a HELP, a TYPE or a sample; a family has
 * its HELP and TYPE once, before its samples, and its samples together; no series stands twice; histograms are whole.
 */
final class PrometheusPage {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(" + LABEL + "(?:," + LABEL + ")*)\\})? (\\S+)");
    private static final Pattern ONE_LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String text;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> helps = new HashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();
    private String family = "";

    private PrometheusPage(String text) {
        this.text = text;
    }

    static PrometheusPage of(DropwizardMetrics metrics, PoolPort pool) {
        try {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            new PrometheusText(metrics, pool).writeTo(stream);
            return parse(stream.toString(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static PrometheusPage parse(String text) {
        PrometheusPage page = new PrometheusPage(text);
        assertThat(text.isEmpty() || text.endsWith("\n")).as("the last line ends").isTrue();
        text.lines().forEach(page::readLine);
        page.types.forEach((name, type) -> {
            if (type.equals("histogram")) {
                page.checkHistogram(name);
            }
        });
        return page;
    }

    /** Returns all samples, by the line without its value, in the order of the page. */
    Map<String, Double> samples() {
        return samples;
    }

    List<String> families() {
        return List.copyOf(types.keySet());
    }

    String type(String name) {
        return types.get(name);
    }

    String help(String name) {
        return helps.get(name);
    }

    String text() {
        return text;
    }

    private void readLine(String line) {
        Matcher help = HELP.matcher(line);
        Matcher type = TYPE.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (help.matches()) {
            assertThat(helps.put(help.group(1), help.group(2))).as("one HELP for %s", help.group(1)).isNull();
            assertThat(types).as("HELP before TYPE").doesNotContainKey(help.group(1));
        } else if (type.matches()) {
            family = type.group(1);
            assertThat(types.put(family, type.group(2))).as("one TYPE for %s", family).isNull();
            assertThat(helps).as("%s has a HELP", family).containsKey(family);
        } else {
            assertThat(sample.matches()).as("a sample: %s", line).isTrue();
            readSample(sample);
        }
    }

    private void readSample(Matcher sample) {
        String name = sample.group(1);
        String type = types.getOrDefault(family, "");
        if (type.equals("histogram")) {
            assertThat(name).as("a part of the family").isIn(family + "_bucket", family + "_sum", family + "_count");
        } else {
            assertThat(name).as("in its family").isEqualTo(family);
        }
        if (type.equals("counter")) {
            assertThat(name).endsWith("_total");
        }
        Set<String> labelNames = new HashSet<>();
        Matcher labels = ONE_LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (labels.find()) {
            assertThat(labelNames.add(labels.group(1))).as("label %s stands once", labels.group(1)).isTrue();
        }
        String value = sample.group(3).equals("+Inf") ? "Infinity" : sample.group(3);
        String series = sample.group(2) == null ? name : name + "{" + sample.group(2) + "}";
        assertThat(samples.put(series, Double.valueOf(value))).as("%s stands once", series).isNull();
    }

    private void checkHistogram(String name) {
        Map<String, Double> lastBucket = new HashMap<>();
        samples.forEach((series, value) -> {
            if (series.startsWith(name + "_bucket{")) {
                String others = series.replaceFirst(",?le=\"[^\"]*\"", "").replace("_bucket", "").replace("{}", "");
                Double before = lastBucket.put(others, value);
                assertThat(value).as("cumulative: %s", series).isGreaterThanOrEqualTo(before == null ? 0 : before);
            }
        });
        assertThat(lastBucket).as("%s has buckets", name).isNotEmpty();
        lastBucket.forEach((series, last) -> {
            assertThat(samples).containsEntry(series.replace(name, name + "_count"), last);
            assertThat(samples).containsKey(series.replace(name, name + "_sum"));
        });
    }
}
