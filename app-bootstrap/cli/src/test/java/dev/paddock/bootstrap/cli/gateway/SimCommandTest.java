package dev.paddock.bootstrap.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.bootstrap.cli.command.OptionConverters;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimCommandTest {

    @Test
    void options_all_becomeSettings() {
        SimulatorSettings settings = parse("--host", "127.0.0.1", "--port", "0", "--connection-cost", "25ms",
                "--token-interval", "3ms", "--prompt-time", "4ms", "--load-time", "5ms", "--parallel", "2", "--max-queue",
                "9", "--tokens", "7", "--model", "a", "--model", "b-embed", "--style", "old").settings();

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isZero();
        assertThat(settings.connectionCost()).isEqualTo(Duration.ofMillis(25));
        assertThat(settings.tokenInterval()).isEqualTo(Duration.ofMillis(3));
        assertThat(settings.promptTime()).isEqualTo(Duration.ofMillis(4));
        assertThat(settings.loadTime()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.parallel()).isEqualTo(2);
        assertThat(settings.maxQueue()).isEqualTo(9);
        assertThat(settings.tokensPerAnswer()).isEqualTo(7);
        assertThat(settings.release()).isEqualTo(OllamaRelease.OLD);
        assertThat(settings.models()).extracting(SimulatedModel::name).containsExactly("a", "b-embed");
    }

    @ParameterizedTest
    @CsvSource({"--parallel,0,parallel is out of range", "--port,70000,port is out of range"})
    void options_outOfRange_areNamed(String option, String value, String problem) {
        SimCommand options = parse(option, value);

        assertThatThrownBy(options::settings).isInstanceOf(UsageException.class).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({"--port,x", "--speed,9", "--style,new-ish"})
    void options_wrong_areRefused(String option, String value) {
        assertThatThrownBy(() -> parse(option, value))
                .isInstanceOf(CommandLine.ParameterException.class).hasMessageContaining(option);
    }

    private static SimCommand parse(String... arguments) {
        SimCommand options = new SimCommand();
        CommandLine commandLine = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
        OptionConverters.register(commandLine);
        commandLine.parseArgs(arguments);
        return options;
    }
}
