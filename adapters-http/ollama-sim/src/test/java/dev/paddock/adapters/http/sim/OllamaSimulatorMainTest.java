package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.adapters.http.sim.settings.ModelCapability;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.adapters.http.sim.settings.SimulatedModel;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaSimulatorMainTest {
    @Test
    void arguments_all_becomeSettings() {
        SimulatorSettings settings = SimulatorArguments.parse(List.of("--host", "127.0.0.1", "--port", "0",
            "--connection-cost", "25", "--token-interval", "3", "--prompt-time", "4", "--load-time", "5",
            "--parallel", "2", "--max-queue", "9", "--tokens", "7", "--model", "a", "--model", "b-embed",
            "--version-style", "old")).orElseThrow();

        assertThat(settings.bind()).isEqualTo(new SimulatorSettings.Bind("127.0.0.1", 0));
        assertThat(settings.delays()).isEqualTo(new SimulatorSettings.Delays(
            Duration.ofMillis(25), Duration.ofMillis(3), Duration.ofMillis(4), Duration.ofMillis(5)));
        assertThat(settings.capacity().parallel()).isEqualTo(2);
        assertThat(settings.capacity().maxQueue()).isEqualTo(9);
        assertThat(settings.contents().tokensPerAnswer()).isEqualTo(7);
        assertThat(settings.contents().release()).isEqualTo(OllamaRelease.OLD);
        assertThat(settings.contents().models()).extracting(SimulatedModel::name).containsExactly("a", "b-embed");
        assertThat(settings.contents().models().get(1).can(ModelCapability.EMBEDDING)).isTrue();
    }

    @Test
    void arguments_help_giveNoSettings() {
        assertThat(SimulatorArguments.parse(List.of("--port", "1", "--help"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--port,x,--port must be a whole number but is x", "--speed,9,unknown option --speed; see --help",
        "--version-style,new-ish,--version-style must be old or new but is new-ish",
        "--parallel,0,parallel is out of range", "--port,70000,port is out of range"})
    void arguments_wrong_areNamed(String option, String value, String complaint) {
        assertThatThrownBy(() -> SimulatorArguments.parse(List.of(option, value)))
            .isInstanceOf(IllegalArgumentException.class).hasMessage(complaint);
    }

    @Test
    void main_terminated_stopsCleanly() throws Exception {
        Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), OllamaSimulatorMain.class.getName(), "--port", "0")
            .redirectErrorStream(true).start();
        try (BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String greeting = output.readLine();
            assertThat(greeting).startsWith("Simulated Ollama listening on http://127.0.0.1:");
            try (Socket socket = new Socket("127.0.0.1", URI.create(greeting.split(" ")[4]).getPort())) {
                assertThat(process.toHandle().destroy()).isTrue();
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(output.lines()).containsExactly("Simulated Ollama stopped");
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
