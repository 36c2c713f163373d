package dev.paddock.tcktests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page for writers of transports quotes code that compiles, and names types and cases that exist. */
class WriteATransportPageTest {

    private static final Path ROOT = Path.of("../..");
    private static final String PAGE = read(ROOT.resolve("docs/write-a-transport.md"));
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("`((?:[A-Z][a-z]+){2,})\\b[^`]*`");
    private static final Pattern CASE = Pattern.compile("`((?:execute|read|close|cancel|interrupt)_\\w+)");

    /** The one snippet that is not of the example. */
    private static final String USE = "new MyTransportFactory()";

    @Test
    void snippets_java_areLinesOfTheExample() {
        String example = sources("integration-tests/examples/socket-transport/src");
        List<String> missing = JAVA.matcher(PAGE).results()
                .map(match -> match.group(1))
                .filter(snippet -> !snippet.contains(USE))
                .flatMap(String::lines)
                .filter(line -> !example.contains(line.strip()))
                .toList();
        assertThat(missing).as("lines of snippets that are not in the example").isEmpty();
    }

    @Test
    void types_named_exist() {
        String sources = sources("domain/src/main") + sources("adapters-http/http-spi/src/main")
                + sources("integration-tests/tck/src/main") + sources("app-bootstrap/client/src/main")
                + sources("integration-tests/examples/socket-transport/src");
        assertThat(names(TYPE)).as("types that the page names").isNotEmpty()
                .allSatisfy(type -> assertThat(sources).containsPattern("(class|record|interface|enum) " + type + "\\b"));
    }

    @Test
    void cases_named_exist() {
        String suites = sources("integration-tests/tck/src/main");
        assertThat(names(CASE)).as("cases that the page names").isNotEmpty()
                .allSatisfy(name -> assertThat(suites).contains("void " + name));
    }

    private static List<String> names(Pattern pattern) {
        return pattern.matcher(PAGE).results().map((MatchResult match) -> match.group(1)).distinct().toList();
    }

    private static String sources(String folder) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(WriteATransportPageTest::read)
                    .collect(Collectors.joining());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
