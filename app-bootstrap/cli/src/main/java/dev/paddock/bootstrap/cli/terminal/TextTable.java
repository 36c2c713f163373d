package dev.paddock.bootstrap.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A text table with aligned columns. Not thread-safe. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> numbers;
    private final int columns;

    /**
     * Creates a table.
     *
     * @param titles the titles of the columns
     * @param numbers the indices of the columns that are aligned to the right
     */
    public TextTable(List<String> titles, Set<Integer> numbers) {
        this.numbers = Set.copyOf(numbers);
        this.columns = titles.size();
        rows.add(List.copyOf(titles));
    }

    /** Adds a row with a cell for each column. */
    public void add(String... cells) {
        rows.add(List.of(cells));
    }

    /** Adds a line that is not divided into columns. */
    public void addHeading(String heading) {
        rows.add(List.of(heading));
    }

    /** Returns the lines, the titles first. */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            widths.add(width(column));
        }
        return rows.stream().map(row -> row.size() == 1 ? row.getFirst() : line(row, widths)).toList();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > 1)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
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
