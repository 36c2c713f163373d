package dev.paddock.example.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/testing.md shows is what is compiled and run in the examples. */
class TestingDocumentationTest {

    private static final Path EXAMPLES = Path.of("..");
    private static final Path PAGE = Path.of("..", "..", "..", "docs", "testing.md");

    @Test
    void page_everyLineOfJava_standsInAnExample() throws IOException {
        String examples;
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            examples = files.filter(file -> file.toString().endsWith("Test.java")).map(TestingDocumentationTest::read).collect(Collectors.joining("\n"));
        }
        List<String> shown = javaLines(Files.readString(PAGE));

        assertThat(shown).hasSizeGreaterThan(20).allSatisfy(line -> assertThat(examples).contains(line));
    }

    private static List<String> javaLines(String markdown) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : markdown.lines().toList()) {
            if (line.startsWith("```")) {
                inside = line.equals("```java");
            } else if (inside && !line.isBlank()) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
