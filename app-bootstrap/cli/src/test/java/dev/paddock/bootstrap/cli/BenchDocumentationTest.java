package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.bench.comparison.Change.ChangeVerdict;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.cli.bench.BenchCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class BenchDocumentationTest {

    private static final Path DOCUMENTS = Path.of("..", "..", "docs");
    private static final List<String> OF_EVERY_COMMAND = List.of("--json", "--debug", "--help");

    @Test
    void document_itsTable_hasTheOptionsOfTheCommand() throws IOException {
        List<OptionSpec> options = new CommandLine(new BenchCommand()).getCommandSpec().options();
        String section = section();

        assertThat(options)
                .map(OptionSpec::longestName)
                .filteredOn(name -> !OF_EVERY_COMMAND.contains(name))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(section).contains("`" + name));
    }

    @Test
    void document_itsDefaults_areThoseOfTheCommand() throws IOException {
        String section = section();

        for (OptionSpec option : new CommandLine(new BenchCommand()).getCommandSpec().options()) {
            if (option.defaultValue() != null) {
                String row = section.lines()
                        .filter(line -> line.startsWith("| `" + option.longestName()))
                        .findFirst()
                        .orElseThrow();
                assertThat(row).contains(option.defaultValue());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Measure.class)
    void document_everyFigure_isExplained(Measure measure) throws IOException {
        assertThat(Files.readString(DOCUMENTS.resolve("bench.md"))).contains("`" + measure.label() + "`");
    }

    @ParameterizedTest
    @EnumSource(ChangeVerdict.class)
    void document_everyVerdict_isNamed(ChangeVerdict verdict) throws IOException {
        assertThat(Files.readString(DOCUMENTS.resolve("bench.md")))
                .contains("`" + verdict.label() + "`")
                .contains("`" + verdict.toText() + "`");
    }

    private static String section() throws IOException {
        String document = Files.readString(DOCUMENTS.resolve("cli.md"));
        return document.substring(document.indexOf("## The benchmark"), document.indexOf("## JSON"));
    }
}
