package dev.paddock.bootstrap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Lays out rows in columns. The last column is not padded. Not thread-safe. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> numbers;

    /** Creates a table with the given titles; the columns with the given indices hold numbers and are aligned to the right. */
    TextTable(List<String> titles, Set<Integer> numbers) {
        this.numbers = Set.copyOf(numbers);
        rows.add(List.copyOf(titles));
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** Returns the lines, the titles first. */
    List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < rows.getFirst().size(); column++) {
            int index = column;
            widths.add(rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0));
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String padding = " ".repeat(widths.get(column) - row.get(column).length());
            line.append(column == 0 ? "" : GAP);
            line.append(numbers.contains(column) ? padding + row.get(column) : row.get(column) + padding);
        }
        return line.toString().stripTrailing();
    }
}
