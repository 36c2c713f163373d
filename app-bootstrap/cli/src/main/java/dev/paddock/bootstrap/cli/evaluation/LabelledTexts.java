package dev.paddock.bootstrap.cli.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads questions whose meaning a person has labelled: lines with columns between tabs, and a first line with their names. */
final class LabelledTexts {

    private static final String BUILT_IN = "pairs.tsv";

    private LabelledTexts() {}

    /** Returns the pairs that come with the command. */
    static List<Pair> builtInPairs() {
        try (InputStream stream = Objects.requireNonNull(LabelledTexts.class.getResourceAsStream(BUILT_IN), BUILT_IN)) {
            return pairs(stream.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads pairs: the columns {@code same} (0 or 1), {@code a} and {@code b}; others are ignored. */
    static List<Pair> pairs(byte[] file) {
        List<Pair> pairs = new ArrayList<>();
        for (List<String> row : rows(file, "same", "a", "b")) {
            String same = row.getFirst();
            if (!same.equals("0") && !same.equals("1")) {
                throw new UsageException("the column same has 0 or 1, not '" + same + "'");
            }
            pairs.add(new Pair(same.equals("1"), row.get(1), row.get(2)));
        }
        return pairs;
    }

    /** Reads questions: the columns {@code intent} and {@code text}; others are ignored. */
    static List<LabelledQuestion> questions(byte[] file) {
        return rows(file, "intent", "text").stream().map(row -> new LabelledQuestion(row.getFirst(), row.get(1))).toList();
    }

    /** Returns the values of the named columns. */
    private static List<List<String>> rows(byte[] file, String... names) {
        List<String> lines = new String(file, UTF_8).lines().filter(line -> !line.isBlank()).toList();
        List<String> titles = lines.isEmpty() ? List.of() : cells(lines.getFirst());
        List<Integer> columns = new ArrayList<>();
        for (String name : names) {
            if (!titles.contains(name)) {
                throw new UsageException("the first line of the file must name the columns " + String.join(", ", names)
                        + ", with tabs between them");
            }
            columns.add(titles.indexOf(name));
        }
        List<List<String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            if (cells.size() != titles.size()) {
                throw new UsageException(
                        "line " + (rows.size() + 2) + " of the file has " + cells.size() + " columns, not " + titles.size());
            }
            rows.add(columns.stream().map(cells::get).toList());
        }
        if (rows.isEmpty()) {
            throw new UsageException("the file has no line behind the names of its columns");
        }
        return rows;
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1)).stream().map(String::strip).toList();
    }

    /**
     * Two questions.
     *
     * @param isSame whether the answer to the first one may be given to the second
     * @param stored the first one
     * @param asked the second one
     */
    record Pair(boolean isSame, String stored, String asked) {}

    /**
     * A question of a log.
     *
     * @param intent what it is about; questions with different intents need different answers
     * @param text the question
     */
    record LabelledQuestion(String intent, String text) {}
}
