package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.OptionConverters;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What docs/quick-start.md tells to type works, against a simulated server in the place of a real one. */
class QuickStartDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "quick-start.md");
    private static final Path EXAMPLE = Path.of("src", "test", "java", "dev", "paddock", "bootstrap", "cli", "QuickStartExample.java");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern SERVER = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    private static OllamaSimulator server;

    @BeforeAll
    static void start() {
        List<SimulatedModel> models = Stream.of("llama3.2", "nomic-embed-text", "Qwen/Qwen2.5-0.5B-Instruct").map(SimulatedModel::named).toList();
        server = OllamaSimulator.start(SimulatorSettings.builder().models(models).build());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<String> commands() throws IOException {
        List<String> commands = lines("```sh").stream().filter(line -> line.startsWith("./paddock ")).toList();
        assertThat(commands).hasSizeGreaterThan(7);
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_ofThePage_works(String command) {
        List<String> arguments = words(SERVER.matcher(command).replaceAll(server.baseUrl()));
        if (arguments.getFirst().equals("serve")) { // runs until it is stopped; PackagedGatewayIT starts it
            CommandLine parser = PaddockCommand.parser(new CliContext(Terminal.ofProcess(), Map.of(), SessionFactory.ofDefaults()));
            OptionConverters.register(parser);
            assertThat(parser.parseArgs(arguments.toArray(String[]::new)).errors()).isEmpty();
            return;
        }
        if (!arguments.contains("--base-url")) {
            arguments.addAll(1, List.of("--base-url", server.baseUrl()));
        }

        CliRun run = CliRun.of(arguments.toArray(String[]::new));

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isNotBlank();
    }

    @Test
    void java_ofThePage_isCompiled() throws IOException {
        String example = Files.readString(EXAMPLE);

        assertThat(lines("```java")).hasSizeGreaterThan(8).allSatisfy(line -> assertThat(example).contains(line));
    }

    private static List<String> lines(String fence) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("```")) {
                inside = line.equals(fence);
            } else if (inside && !line.isBlank()) {
                lines.add(line.strip());
            }
        }
        return lines;
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command.substring("./paddock ".length()));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }
}
