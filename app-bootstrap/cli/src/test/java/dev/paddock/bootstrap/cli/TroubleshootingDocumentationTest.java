package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages and numbers of docs/troubleshooting.md are those of the product. */
class TroubleshootingDocumentationTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path DOCUMENT = ROOT.resolve("docs/troubleshooting.md");
    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)` \\|");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern STATUS = Pattern.compile("^\\| (\\d+) \\| ([^|]+) \\|");

    private static final Pattern KEY = Pattern.compile("paddock\\.([a-z-]+)(?:\\.[a-z-]+)*");

    private static String literals;

    /** Reads the texts in the sources of all modules; neighbours that are put together across lines are one text. */
    @BeforeAll
    static void readSources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(file -> file.toString().contains("src/main/java/dev/paddock") && file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(300);
            for (Path source : sources) {
                String joined = read(source).replaceAll("\"\\s*\\n\\s*\\+ \"", "");
                Matcher literal = LITERAL.matcher(joined);
                while (literal.find()) {
                    all.append(literal.group(1)).append('\n');
                }
            }
        }
        literals = all.toString();
    }

    static List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        for (String line : Files.readAllLines(DOCUMENT, StandardCharsets.UTF_8)) {
            Matcher message = MESSAGE.matcher(line);
            if (message.find()) {
                messages.add(message.group(1));
            }
        }
        assertThat(messages).hasSizeGreaterThan(40);
        return messages;
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_ofThePage_isOneOfTheProduct(String message) {
        List<String> parts = Stream.of(message.split("\\.\\.\\.", -1)).filter(part -> part.strip().length() > 3).toList();

        assertThat(parts).isNotEmpty().allSatisfy(part -> assertThat(isInTheProduct(part)).as("'" + part + "'").isTrue());
    }

    /** Returns whether a part is the text of a literal, or made of literals that stand for phases and details. */
    private static boolean isInTheProduct(String part) {
        if (literals.contains(part.strip())) {
            return true;
        }
        int took = part.indexOf(" took longer than ");
        int split = took > 0 ? took : part.indexOf(" (status ");
        return split > 0 && literals.contains("\n" + part.substring(0, split) + "\n") && literals.contains(part.substring(split).strip());
    }

    @Test
    void statuses_ofThePage_areThoseOfTheCommandLine() throws IOException {
        Map<Integer, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher status = STATUS.matcher(line);
            if (status.find()) {
                documented.put(Integer.valueOf(status.group(1)), status.group(2));
            }
        }
        Map<Integer, ExitStatus> known =
                Stream.of(ExitStatus.values()).collect(Collectors.toMap(ExitStatus::code, status -> status, (one, other) -> one, TreeMap::new));
        known.remove(ExitStatus.OK.code());
        known.remove(ExitStatus.CANCELLED.code()); // these two are no symptoms
        known.remove(ExitStatus.OUTPUT_CLOSED.code());

        assertThat(documented.keySet()).isEqualTo(known.keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alternatives.md", "quick-start.md", "testing.md", "troubleshooting.md", "upgrading.md"})
    void keys_ofThePage_areThoseOfTheConfiguration(String page) throws IOException {
        List<String> keys = ConfigurationLoader.keys();
        Set<String> groups = keys.stream().map(key -> key.split("\\.")[1]).collect(Collectors.toSet());
        Matcher key = KEY.matcher(Files.readString(ROOT.resolve("docs").resolve(page)));
        while (key.find()) {
            if (groups.contains(key.group(1))) {
                assertThat(keys).as(page).contains(key.group());
            }
        }
    }

    @Test
    void index_ofTheDocumentation_linksEveryPage() throws IOException {
        String index = Files.readString(ROOT.resolve("docs/README.md"));
        List<String> pages;
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            pages = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".md") || name.endsWith(".conf")).toList();
        }

        assertThat(pages).filteredOn(name -> !name.equals("README.md")).hasSizeGreaterThan(20).allSatisfy(name -> assertThat(index).contains("(" + name));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
