package dev.paddock.e2e.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.FaultScript;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.Cli;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code paddock ask}, with a running gateway. */
@Timeout(60)
class AskIT {

    private final OllamaSimulator server = OllamaSimulator.start();
    private final QueryGateway gateway = QueryGateway.start(server, Map.of());

    @BeforeEach
    void put() {
        gateway.documents().put("docs/gates.md", "The gate opens at dawn. 🐎 Größe.\n\nThe south gate is closed.");
    }

    @AfterEach
    void close() {
        gateway.close();
        server.close();
    }

    @Test
    void ask_question_printsTheAnswerAndItsSources() {
        for (String form : List.of("--stream", "--no-stream")) {
            Run run = ask(form, "When", "does the gate", "open?");

            assertThat(run.status()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo("The gate opens at dawn. [1]\n\n[1] docs/gates.md\n[2] docs/gates.md\n");
            assertThat(run.err()).isEmpty();
        }
    }

    @Test
    void ask_passagesAndMethod_areThoseOfTheQuery() {
        Run run = ask("-k", "1", "--method", "bm25", "--json", "When does the gate open?");

        Map<?, ?> answer = (Map<?, ?>) PlainJson.fromText(run.out());
        assertThat(answer.get("answer")).isEqualTo("The gate opens at dawn. [1]");
        assertThat(answer.get("method")).isEqualTo("bm25");
        assertThat((List<?>) answer.get("contexts")).hasSize(1);
    }

    @Test
    void ask_jsonStream_printsAnObjectForEachEvent() {
        Run run = ask("--json", "--stream", "When does the gate open?");

        assertThat(run.out().lines().toList()).allSatisfy(line -> assertThat(PlainJson.fromText(line)).isInstanceOf(Map.class));
        assertThat(run.out().lines().toList().getFirst()).startsWith("{\"event\":\"context\"");
        assertThat(run.out().lines().toList().getLast()).startsWith("{\"event\":\"done\"");
    }

    @Test
    void ask_wrongMethod_saysWhatIsWrong() {
        Run run = ask("--method", "magic", "-k", "0", "Why?");

        assertThat(run.status()).isNotZero();
        assertThat(run.err()).contains("method is vector, bm25 or hybrid", "k is a whole number from 1 to 100");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void ask_answerThatFailsInTheMiddle_isNoSuccess() {
        server.faults().enqueue(FaultScript.on("/api/chat").times(1).then(new Fault.Truncate(3)));
        Run run = ask("When does the gate open?");

        assertThat(run.status()).isNotZero();
        assertThat(run.out()).startsWith("The gate");
        assertThat(run.err()).contains("ended before it was complete").doesNotContain("\tat ");
    }

    @Test
    void ask_noQuestion_isWrongUsage() {
        assertThat(ask(" ").err()).contains("there is no question");
    }

    @Test
    void ask_folder_needsNoGateway(@TempDir Path directory) throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Files.writeString(folder.resolve("gates.md"), "# Gates\n\nThe gate opens at dawn.\n");
        Path settings = Files.writeString(
                directory.resolve("paddock.conf"), "paddock.documents.index = \"" + directory.resolve("index") + "\"\n");
        List<String> arguments = List.of(
                "ask", "--documents", folder.toString(), "--config", settings.toString(), "--base-url", server.baseUrl(), "-m", "llama3.2",
                "When does the gate open?");

        for (int run = 0; run < 2; run++) { // the second one finds everything indexed
            Run answered = run(arguments);
            assertThat(answered.status()).as(answered.err()).isZero();
            assertThat(answered.out()).startsWith("The gate opens at dawn. [1]\n\n[1] gates.md");
        }
        List<String> json = new ArrayList<>(arguments);
        json.add("--json");
        Map<?, ?> answer = (Map<?, ?>) PlainJson.fromText(run(json).out());
        assertThat(answer.get("answer")).isEqualTo("The gate opens at dawn. [1]");
        assertThat((List<?>) answer.get("metadatas")).hasSize(1);
    }

    @Test
    void ask_serverWithoutFolder_isWrongUsage() {
        assertThat(ask("--base-url", server.baseUrl(), "Why?").err()).contains("need --documents");
    }

    private Run ask(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ask", "--gateway", "http://127.0.0.1:" + gateway.port()));
        all.addAll(List.of(arguments));
        return run(all);
    }

    private static Run run(List<String> all) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), out, err, TerminalTraits.NONE);
        int status = new Cli(new CliContext(terminal, Map.of(), SessionFactory.ofDefaults())).run(all.toArray(String[]::new));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    private record Run(int status, String out, String err) {}
}
