package dev.paddock.bootstrap.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * A table of a report, for the terminal and for the HTML page.
 *
 * @param title the title
 * @param columns the titles of the columns
 * @param rows a cell for each column, or one cell that is the heading of the rows below it
 * @param numbers the indices of the columns with numbers
 */
public record ReportTable(String title, List<String> columns, List<List<String>> rows, Set<Integer> numbers) {

    public ReportTable {
        requireNonNull(title, "title");
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        numbers = Set.copyOf(numbers);
    }
}
