package dev.paddock.bootstrap.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A row of the table of metrics in the operator's documentation.
 *
 * @param name the name of the family, as its type is declared on the page
 * @param type counter, gauge or histogram
 * @param labels the names of its labels
 */
record DocumentedMetric(String name, String type, Set<String> labels) {

    static final Path DOCUMENT = Path.of("..", "..", "docs", "operations.md");

    /** Returns all rows by name. */
    static Map<String, DocumentedMetric> all() {
        try {
            return Files.readAllLines(DOCUMENT).stream()
                    .filter(line -> line.startsWith("| `paddock_"))
                    .map(DocumentedMetric::ofRow)
                    .collect(Collectors.toMap(DocumentedMetric::name, Function.identity()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DocumentedMetric ofRow(String row) {
        String[] cells = row.split("\\|");
        assertThat(cells).as(row).hasSize(5);
        assertThat(cells[4]).as("the meaning in %s", row).isNotBlank();
        Set<String> labels = Arrays.stream(cells[3].split(","))
                .map(DocumentedMetric::plain)
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        return new DocumentedMetric(plain(cells[1]), plain(cells[2]), labels);
    }

    private static String plain(String cell) {
        return cell.replace("`", "").strip();
    }
}
