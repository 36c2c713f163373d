package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "cli.md");

    private final CommandLine commands = PaddockCommand.parser(
            new CliContext(Terminal.ofProcess(), Map.of(), SessionFactory.ofDefaults()));

    @Test
    void document_everyCommand_isInTheTable() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT);

        assertThat(commands.getSubcommands().keySet())
                .hasSizeGreaterThan(9)
                .allSatisfy(name -> assertThat(rows).anyMatch(row -> row.matches("\\| `" + name + "[ `].*\\|.*\\|.*\\|")));
    }

    @Test
    void document_everyOption_isNamed() throws IOException {
        String document = Files.readString(DOCUMENT).replace("[no-]", "");

        assertThat(commands.getSubcommands().values())
                .allSatisfy(command -> assertThat(command.getCommandSpec().options())
                        .allSatisfy(option -> assertThat(document).contains(option.longestName())));
    }
}
