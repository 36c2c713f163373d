package dev.paddock.tck.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** The strict cases of all suites, and the Markdown table that shows which transport supports them. */
public final class StrictCases {

    private static final String TABLE_HEAD = "| strict case |";

    private StrictCases() {}

    /** Returns the methods of the strict cases of all suites. */
    static Stream<Method> methods() {
        return TransportTestSuite.ALL.stream()
                .flatMap(suite -> AnnotationSupport.findAnnotatedMethods(
                                suite, Strict.class, HierarchyTraversalMode.TOP_DOWN)
                        .stream());
    }

    /** Returns the column of a transport: for each strict case, by its title, "yes", or what is not supported and why. */
    public static SortedMap<String, String> column(UnsupportedCases declarations) {
        SortedMap<String, String> column = new TreeMap<>();
        methods().forEach(method ->
                column.put(method.getAnnotation(Strict.class).value(), cell(method.getName(), declarations)));
        return column;
    }

    private static String cell(String method, UnsupportedCases declarations) {
        String whole = declarations.reason(method);
        if (whole != null) {
            return (declarations.isRace(method) ? "sometimes: " : "no: ") + whole;
        }
        Map<String, String> invocations = new LinkedHashMap<>();
        for (String name : declarations.names()) {
            if (name.startsWith(method + "[")) {
                String invocation = name.substring(method.length() + 1, name.length() - 1);
                invocations.merge(declarations.reason(name), invocation, (before, next) -> before + ", " + next);
            }
        }
        List<String> parts = invocations.entrySet().stream()
                .map(entry -> "not " + entry.getValue() + ": " + entry.getKey())
                .toList();
        return parts.isEmpty() ? "yes" : String.join("; ", parts);
    }

    /**
     * Requires that a page has a table of the strict cases, with a column that agrees with a transport's declarations.
     *
     * @param page a Markdown page; the head of its table begins with {@code | strict case |}
     * @param transport the head of the transport's column
     * @throws AssertionError if the column differs; the message shows how
     */
    public static void assertDocumented(Path page, String transport, UnsupportedCases declarations) {
        List<List<String>> rows = readLines(page).stream()
                .dropWhile(line -> !line.startsWith(TABLE_HEAD))
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
                .toList();
        assertThat(rows).as("the table of strict cases in " + page).isNotEmpty();
        int column = rows.getFirst().indexOf("`" + transport + "`");
        assertThat(column).as("the column of `" + transport + "` in " + page).isPositive();
        SortedMap<String, String> documented = new TreeMap<>();
        rows.stream().skip(2).forEach(row -> documented.put(row.get(1), row.get(column)));
        assertThat(documented)
                .as("the column of `" + transport + "` in " + page + ", against the declarations of the transport")
                .isEqualTo(column(declarations));
    }

    private static List<String> readLines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
