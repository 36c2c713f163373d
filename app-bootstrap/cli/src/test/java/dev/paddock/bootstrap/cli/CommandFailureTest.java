package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandFailureTest {

    private final OllamaSimulator server = OllamaSimulator.start();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat Hello", "generate Hello", "embed Hello", "models", "ps", "show x", "pull x"})
    void anyCommand_unreachableServer_saysWhatWasTriedAndWhatToDo(String command) throws IOException {
        String url = "http://127.0.0.1:" + closedPort();

        CliRun run = CliRun.of((command + " --base-url " + url).split(" "));

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("paddock: ").contains(url).contains("ollama serve").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat Hello", "generate Hello", "embed Hello", "models", "ps", "show x", "pull x"})
    void anyCommand_unreachableServerAndJson_saysSoAsOneObject(String command) throws IOException {
        String url = "http://127.0.0.1:" + closedPort();

        CliRun run = CliRun.of((command + " --json --base-url " + url).split(" "));

        assertThat(run.out()).isEmpty();
        assertThat(run.jsonError().get("kind")).isEqualTo("backend_unavailable");
        assertThat(run.jsonError().get("exit_status")).isEqualTo(4);
        assertThat(run.jsonError().get("backend")).isEqualTo(url);
    }

    @Test
    void debug_unreachableServer_showsWhereItArose() throws IOException {
        CliRun run = CliRun.of("models", "--debug", "--base-url", "http://127.0.0.1:" + closedPort());

        assertThat(run.err()).contains("\tat ").contains("BackendUnavailableException");
    }

    @Test
    void chat_unknownModel_saysHowToGetIt() {
        CliRun run = CliRun.of("chat", url(), "-m", "nothing", "Hello");

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).contains("nothing").contains("paddock pull nothing");
    }

    @ParameterizedTest
    @CsvSource({"503,7", "429,7", "401,8", "403,8", "500,1", "400,1"})
    void chat_statusOfServer_hasItsExitStatus(int status, int expected) {
        server.faults().enqueue(FaultScript.on("/api/chat").then(Fault.status(status, "no")));

        assertThat(CliRun.of("chat", url(), "-m", "llama3.2", "Hello").status()).isEqualTo(expected);
    }

    @Test
    void chat_answerBreaksOff_keepsWhatWasPrintedAndSaysSo() {
        server.faults().enqueue(FaultScript.on("/api/chat").then(new Fault.Truncate(5)));

        CliRun run = CliRun.of("chat", url(), "-m", "llama3.2", "Hello");

        assertThat(run.status()).isEqualTo(9);
        assertThat(run.out()).isNotBlank().endsWith("\n");
        assertThat(run.err()).startsWith("paddock: ");
    }

    @Test
    void chat_silentServerAndTimeout_endsInTime() {
        server.faults().enqueue(FaultScript.on("/api/chat").then(new Fault.Stall(2)));

        CliRun run = CliRun.of("chat", url(), "-m", "llama3.2", "--timeout", "300ms", "Hello");

        assertThat(run.status()).isEqualTo(6);
        assertThat(run.err()).contains("300 ms");
    }

    @Test
    void pull_failsAtServer_isNoSuccess() {
        CliRun run = CliRun.of("pull", url(), "missing-model-for-sure/x/y/z");

        assertThat(run.status()).isNotZero();
    }

    @Test
    void anyCommand_failure_doesNotRepeatThePrompt() {
        server.faults().enqueue(FaultScript.on("/api/chat").then(Fault.status(500, "no")));

        CliRun run = CliRun.of("chat", url(), "-m", "llama3.2", "--debug", "very-secret-words");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).doesNotContain("very-secret-words");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "bogus", "chat --bogus Hello", "chat", "generate", "embed", "show", "pull", "chat --timeout soon Hello",
        "chat --timeout 0s Hello", "chat --base-url ftp://nonsense Hello", "chat --base-url host:port Hello", "chat --think much Hello",
        "generate --image no-such-file Hello", "chat --format no-such-file Hello", "chat -o temperature Hello",
        "embed --dimensions 0 Hello", "demo --calls 1", "demo --calls 5 --callers 6", "sim --parallel 0",
        "pool --gateway ftp://nonsense", "pool --timeout 0s", "pool --api-key ü"
    })
    void anyCommand_wrongUsage_isTold(String line) {
        CliRun run = CliRun.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("paddock: ").contains("--help").doesNotContain("\tat ");
    }

    @Test
    void anyCommand_wrongUsageAndJson_isToldAsJson() {
        CliRun run = CliRun.of("chat", "--json", "--bogus");

        assertThat(run.jsonError().get("kind")).isEqualTo("usage");
    }

    @Test
    void anyCommand_defect_isToldWithoutStackTrace() {
        CliRun run = new CliRun()
                .withSessions(overrides -> {
                    throw new IllegalStateException("broken");
                })
                .run("models");

        assertThat(run.status()).isEqualTo(70);
        assertThat(run.err()).contains("broken").contains("--debug").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"sim,the simulator", "serve,the gateway"})
    void listener_portThatIsTaken_isNamedWithTheReason(String command, String listener) {
        String port = String.valueOf(server.port());

        CliRun run = CliRun.of(command, "--port", port);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("paddock: " + listener + " cannot listen: cannot listen on 127.0.0.1 port " + port + ": Address already in use", "--host");
    }

    @Test
    void help_ofEachCommand_isShown() {
        for (String command : List.of("chat", "generate", "embed", "models", "ps", "show", "pull", "pool", "sim", "demo")) {
            CliRun run = CliRun.of(command, "--help");
            assertThat(run.status()).isZero();
            assertThat(run.out()).contains("Usage: paddock " + command).contains("--json");
            assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void version_alone_isOneLine() {
        assertThat(CliRun.of("--version").out().lines()).singleElement().asString().startsWith("paddock ");
    }

    @Test
    void sessions_overrides_areTheOptionsByKey() {
        List<Map<String, String>> seen = new ArrayList<>();
        new CliRun()
                .withSessions(overrides -> {
                    seen.add(overrides);
                    throw new UsageException("seen");
                })
                .run("models", "--base-url", "http://host:1/", "--transport", "apache5");

        assertThat(seen).containsExactly(Map.of("paddock.base-url", "http://host:1", "paddock.transport", "apache5"));
    }

    private String url() {
        return "--base-url=" + server.baseUrl();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
