package dev.paddock.bootstrap.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A text table with aligned columns. Where it is too wide, it leaves out optional columns; if that is not enough, it shows each row as a
 * list of its cells. Not thread-safe.
 */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> numbers;
    private final Set<Integer> optional;

    /**
     * Creates a table.
     *
     * @param titles the titles of the columns
     * @param numbers the indices of the columns that are aligned to the right
     */
    public TextTable(List<String> titles, Set<Integer> numbers) {
        this(titles, numbers, Set.of());
    }

    /**
     * Creates a table.
     *
     * @param titles the titles of the columns
     * @param numbers the indices of the columns that are aligned to the right
     * @param optional the indices of the columns that a narrow terminal does not show, the last ones first
     */
    public TextTable(List<String> titles, Set<Integer> numbers, Set<Integer> optional) {
        this.numbers = Set.copyOf(numbers);
        this.optional = Set.copyOf(optional);
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

    /** Returns the lines, the titles first, at any width. */
    public List<String> lines() {
        return lines(0);
    }

    /** Returns the lines, the titles first, with at most the given number of characters; 0 for any. */
    public List<String> lines(int widest) {
        List<Integer> columns = new ArrayList<>(IntStream.range(0, rows.getFirst().size()).boxed().toList());
        for (int column = columns.size() - 1; column >= 0 && isTooWide(columns, widest); column--) {
            if (optional.contains(column)) {
                columns.remove(Integer.valueOf(column));
            }
        }
        return isTooWide(columns, widest)
                ? rows.stream().skip(1).flatMap(this::list).skip(1).toList()
                : rows.stream().map(row -> row.size() == 1 ? row.getFirst() : line(row, columns)).toList();
    }

    private boolean isTooWide(List<Integer> columns, int widest) {
        int width = columns.stream().mapToInt(column -> width(column) + GAP.length()).sum() - GAP.length();
        return widest > 0 && width > widest;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > 1)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    private String line(List<String> row, List<Integer> columns) {
        return columns.stream().map(column -> cell(row.get(column), column)).collect(Collectors.joining(GAP)).stripTrailing();
    }

    private String cell(String text, int column) {
        String padding = " ".repeat(width(column) - text.length());
        return numbers.contains(column) ? padding + text : text + padding;
    }

    /** Returns a gap, and the cells of a row below each other. */
    private Stream<String> list(List<String> row) {
        if (row.size() == 1) {
            return Stream.of("", row.getFirst());
        }
        List<String> titles = rows.getFirst();
        int widest = titles.stream().mapToInt(String::length).max().orElse(0);
        Stream<String> cells = IntStream.range(0, row.size())
                .mapToObj(column -> titles.get(column) + " ".repeat(widest - titles.get(column).length()) + GAP + row.get(column));
        return Stream.concat(Stream.of(""), cells);
    }
}
