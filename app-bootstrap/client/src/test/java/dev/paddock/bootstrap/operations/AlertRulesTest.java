package dev.paddock.bootstrap.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.AnswerVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the alert rules as text: every metric and label in them must be one that the documentation, and so the page, has. */
class AlertRulesTest {

    private static final Path RULES = Path.of("..", "..", "docs", "alerts", "paddock.rules.yml");
    private static final Pattern METRIC = Pattern.compile("paddock_[a-z_]+");
    private static final Pattern SELECTED = Pattern.compile("(paddock_[a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)\\s*\"[^\"]*\"");
    private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern SHOWN = Pattern.compile("\\$labels\\.([a-z_]+)");
    private static final Pattern OUTCOMES = Pattern.compile("outcome=~\"([^\"]*)\"");
    private static final Set<String> MISTAKES_OF_CLIENTS = Set.of(
            "authentication", "cancelled", "client_closed", "client_gone", "invalid_request", "model_not_found",
            "not_cached", "not_found", "ok", "rate_limited");
    private static final Set<String> CONDITIONS = Set.of(
            "paddock_pool_pending", "paddock_pool_leased", "paddock_pool_limit", "paddock_pool_exhausted_total",
            "paddock_pool_acquire_seconds", "paddock_pool_leases_total", "paddock_circuit_state",
            "paddock_gateway_refused_total", "paddock_gateway_requests_total", "paddock_gateway_first_frame_seconds");

    private final Map<String, DocumentedMetric> documented = DocumentedMetric.all();
    private final List<String> alerts = alerts();

    @Test
    void rules_everyMetric_isDocumented() throws IOException {
        Set<String> used = new HashSet<>();
        for (String name : matches(METRIC, Files.readString(RULES))) {
            used.add(family(name));
        }

        assertThat(documented.keySet()).containsAll(used);
        assertThat(used).containsAll(CONDITIONS);
    }

    @Test
    void rules_everyLabel_isOneOfTheMetrics() {
        assertThat(alerts).allSatisfy(alert -> {
            String expression = expression(alert);
            Set<String> labels = new HashSet<>(Set.of("le", "instance")); // a scrape adds the instance
            matches(METRIC, expression).forEach(name -> labels.addAll(metric(name).labels()));
            for (Matcher selected = SELECTED.matcher(expression); selected.find(); ) {
                assertThat(metric(selected.group(1)).labels()).containsAll(matches(MATCHER, selected.group(2)));
            }
            for (String grouping : matches(BY, expression)) {
                assertThat(labels).containsAll(Arrays.asList(grouping.split(",\\s*")));
            }
            assertThat(labels).containsAll(matches(SHOWN, alert));
        });
    }

    @Test
    void rules_outcomesThatFire_areAllFailuresButTheMistakesOfClients() throws IOException {
        Set<String> failures = new TreeSet<>(Set.of("defect"));
        Stream.of(ErrorKind.values()).map(ErrorKind::label).forEach(failures::add);
        Stream.of(AnswerVerdict.values()).map(AnswerVerdict::label).forEach(failures::add);
        failures.removeAll(MISTAKES_OF_CLIENTS);

        assertThat(matches(OUTCOMES, Files.readString(RULES))).isNotEmpty().containsOnly(String.join("|", failures));
    }

    @Test
    void rules_everyAlert_isWholeAndExplained() {
        assertThat(alerts).hasSizeGreaterThan(7).allSatisfy(alert -> {
            assertThat(alert.lines().findFirst().orElseThrow()).matches("# [A-Z].*");
            assertThat(alert).containsPattern("- alert: Paddock\\w+\n");
            assertThat(alert).containsPattern("\n +severity: (info|warning|critical)\n");
            assertThat(alert).containsPattern("\n +summary: \"[^\"]+\"\n +description: \"[^\"]+\"");
            assertThat(count(alert, "{{")).isEqualTo(count(alert, "}}"));
            assertThat(count(expression(alert), "(")).isEqualTo(count(expression(alert), ")")).isNotNegative();
        });
        assertThat(alerts).extracting(alert -> matches(Pattern.compile("alert: (\\w+)"), alert)).doesNotHaveDuplicates();
    }

    private DocumentedMetric metric(String name) {
        DocumentedMetric metric = documented.get(family(name));
        assertThat(metric).as(name).isNotNull();
        return metric;
    }

    /** Returns the family that a series belongs to: those of a histogram have names of their own. */
    private String family(String name) {
        String family = name.replaceFirst("_(bucket|sum|count)$", "");
        boolean ofHistogram = documented.containsKey(family) && documented.get(family).type().equals("histogram");
        return ofHistogram ? family : name;
    }

    /** Returns each alert with the comment before it. */
    private static List<String> alerts() {
        try {
            List<String> blocks = new ArrayList<>();
            for (String block : Files.readString(RULES).split("\n\\s*\n|\n {4}rules:\n")) {
                if (block.contains("- alert:")) {
                    blocks.add(block.strip());
                }
            }
            return blocks;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String expression(String alert) {
        Matcher expression = Pattern.compile("(?s)\n +expr: (.*?)\n +(?:for|labels):").matcher(alert);
        assertThat(expression.find()).as("an expression in %s", alert).isTrue();
        return expression.group(1);
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .toList();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
