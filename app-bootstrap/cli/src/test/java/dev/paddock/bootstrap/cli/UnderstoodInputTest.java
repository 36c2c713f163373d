package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users type, from a pipe, with a slip, or as they know it from Ollama. */
class UnderstoodInputTest {

    private final OllamaSimulator server = OllamaSimulator.start();

    @TempDir private Path directory;

    @AfterEach
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "generate | Summarise: | some text\\n | Summarise:\\n\\nsome text",
        "generate | Say hello   | none         | Say hello",
        "generate | -           | some text    | some text",
    })
    void generate_input_followsThePrompt(String command, String prompt, String input, String expected) {
        CliRun run = new CliRun()
                .withInput(input == null ? "" : input.translateEscapes())
                .run(command, "-m", "llama3.2", url(), prompt);

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(CliRun.object(PlainJson.fromText(server.requests().getLast().body())).get("prompt"))
                .isEqualTo(expected.translateEscapes());
    }

    @Test
    void generate_inputIsATerminal_isNotRead() {
        CliRun run = new CliRun()
                .withTraits(new TerminalTraits(true, false, false, false))
                .withInput("typed later")
                .run("generate", "-m", "llama3.2", url(), "Hello");

        assertThat(run.status()).isZero();
        assertThat(server.requests().getLast().body()).doesNotContain("typed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "bnech                         | there is no command 'bnech'             | Did you mean bench?",
        "chat --modle x                | there is no option '--modle' of 'chat'  | Did you mean --model?",
        "backends darin x              | there is no argument 'darin'            | Did you mean drain?",
        "demo --calls x                | 'x' is not a number                     | paddock COMMAND --help",
        "bench --mode foo              | 'foo' is none of unpooled, pooled,      | paddock COMMAND --help",
        "bench --mode pooled,retrys    | 'retrys' is none of unpooled, pooled,   | Did you mean retries?",
        "generate --format jsn -m x hi | --format is 'json' or the file          | there is no file jsn",
        "models --config none.conf     | there is no file none.conf              | paddock COMMAND --help",
    })
    void anyCommand_slip_isTold(String line, String message, String advice) {
        CliRun run = CliRun.of(line.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(message).contains(advice);
    }

    @Test
    void anyCommand_modelWithASlip_isTold() {
        CliRun run = CliRun.of("generate", "-m", "lama3.2", url(), "Hello");

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.err()).contains("Did you mean llama3.2?").contains("ollama pull lama3.2");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120})
    void help_atATerminal_usesItsWidth(int columns) {
        CliRun run = new CliRun().withTraits(new TerminalTraits(false, true, false, false, columns)).run("bench", "--help");

        assertThat(run.out().lines()).allMatch(line -> line.length() <= columns);
        assertThat(run.out().lines().mapToInt(String::length).max().orElse(0)).isGreaterThan(columns - 10);
        assertThat(run.out()).contains("http://127.0.0.1:11434", "p95>+10%");
        assertThat(new CliRun().withTraits(new TerminalTraits(false, true, false, false, columns)).run("chat", "--help").out())
                .contains("http://127.0.0.1:11434");
    }

    @Test
    void paddock_withoutACommand_printsTheCommands() {
        CliRun run = CliRun.of();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage:").contains("  demo").contains("  serve");
    }

    @Test
    void models_addressWithoutAScheme_isThatOfAServer() {
        String address = server.baseUrl().replace("http://", "");

        assertThat(CliRun.of("list", "--base-url", address).out()).contains("llama3.2");
        assertThat(CliRun.of("ls", "--base-url", address + "/").out()).contains("llama3.2");
        assertThat(new CliRun()
                        .withSessions(SessionFactory.ofDefaults())
                        .run("models", "--backend", address, "--backend", "other=" + address)
                        .out())
                .contains("llama3.2");
    }

    @Test
    void models_httpsToAServerWithoutTls_suggestsHttp() {
        CliRun run = CliRun.of("models", "--base-url", server.baseUrl().replace("http:", "https:"));

        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err()).contains("write http:// instead of https://");
    }

    @Test
    void copyDeleteAndStop_changeTheServer() {
        assertThat(CliRun.of("cp", "llama3.2", "second", url()).err()).isEqualTo("Copied llama3.2 to second.\n");
        assertThat(CliRun.of("models", url()).out()).contains("second");
        assertThat(CliRun.of("run", url(), "second", "Hello").out()).isNotBlank();
        assertThat(CliRun.of("ps", url()).out()).contains("second");
        assertThat(CliRun.of("stop", "second", url()).err()).isEqualTo("Unloaded second.\n");
        assertThat(CliRun.of("ps", url()).out()).doesNotContain("second");
        assertThat(CliRun.of("rm", "second", url(), "--json").json()).isEqualTo(Map.of("model", "second", "deleted", true));
        assertThat(CliRun.of("models", url()).out()).doesNotContain("second");
        assertThat(CliRun.of("rm", "second", url()).status()).isEqualTo(5);
    }

    @Test
    void chat_tools_areSentAndTheirCallsAreShown() throws Exception {
        Path tools = directory.resolve("tools.json");
        Files.writeString(tools, """
                [{"type":"function","function":{"name":"get_weather","description":"Tells the weather",
                  "parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}},
                 {"name":"now","parameters":{"type":"object","properties":{}}}]
                """);

        CliRun run = CliRun.of("chat", "-m", "llama3.2", url(), "--tools", tools.toString(), "Use a tool");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("The model calls the tool get_weather with {\"city\":");
        Object sent = CliRun.object(PlainJson.fromText(server.requests().getLast().body())).get("tools");
        assertThat((List<?>) sent).hasSize(2).first().asString().contains("get_weather", "Tells the weather", "city");
        assertThat(CliRun.of("chat", "-m", "llama3.2", url(), "--tools", directory + "/none", "Hi").status()).isEqualTo(2);
    }

    @Test
    void chat_imageForAConversation_isWrongUsage() throws Exception {
        Path image = Files.write(directory.resolve("image.png"), new byte[] {1});

        CliRun run = new CliRun()
                .withTraits(new TerminalTraits(true, true, true, false))
                .run("chat", "-m", "llama3.2", url(), "--image", image.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--image needs a prompt");
    }

    @Test
    void config_values_haveTheirOriginsAndNoSecrets() throws Exception {
        Path file = directory.resolve("p.conf");
        Files.writeString(file, """
                paddock.api-key = hunter2
                paddock.backends = [{id = a, base-url = "http://a:1", api-key = hunter3}]
                paddock.timeouts.connect = 2s
                """);

        CliRun run = new CliRun()
                .withEnvironment(Map.of("OLLAMA_POOL_MAXSIZE", "7"))
                .run("config", "--config", file.toString(), "--transport", "jdk");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .contains(
                        "paddock.api-key = (hidden)  # " + file + ":1",
                        "paddock.timeouts.connect = 2s  # " + file + ":3",
                        "paddock.pool.connections-per-host = 7  # environment variable OLLAMA_POOL_MAXSIZE",
                        "paddock.transport = jdk  # command line",
                        "paddock.dialect = ollama")
                .anyMatch(line -> line.startsWith("paddock.backends = [") && line.contains("http://a:1") && line.contains("(hidden)"));
        assertThat(run.out()).doesNotContain("hunter");
        assertThat(new CliRun().run("config", "--changed").out()).isEmpty();
    }

    @Test
    void config_wrongValue_isShownAndThenReported() throws Exception {
        Path file = directory.resolve("p.conf");
        Files.writeString(file, "paddock.pool.hosts = many");

        CliRun run = CliRun.of("config", "--changed", "--config", file.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).isEqualTo("paddock.pool.hosts = many  # " + file + ":1\n");
        assertThat(run.err()).contains("paddock.pool.hosts is 'many'");
    }

    @Test
    void demo_fewCalls_needsNoOtherOption() {
        assertThat(CliRun.of("demo", "--calls", "3", "--connection-cost", "0").status()).isZero();
    }

    private String url() {
        return "--base-url=" + server.baseUrl();
    }
}
