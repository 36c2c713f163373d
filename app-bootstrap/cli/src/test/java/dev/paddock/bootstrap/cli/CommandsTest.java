package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.command.CliCommand.CliContext;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import dev.paddock.bootstrap.cli.terminal.Terminal;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    private final OllamaSimulator server = OllamaSimulator.start();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void train_launcherMakesItsArchive_runsEveryCommandWithoutOutput() {
        CliRun run = CliRun.of("train");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void parser_firstArgumentNamesACommand_knowsNoOther() {
        CliContext context = new CliContext(Terminal.ofProcess(), Map.of(), SessionFactory.ofDefaults());
        Set<String> all = PaddockCommand.parser(context).getSubcommands().keySet();

        assertThat(all).contains("help", "chat").doesNotContain("train");
        assertThat(all).allSatisfy(name -> {
            Set<String> known = PaddockCommand.parser(context, name, "chat").getSubcommands().keySet();
            assertThat(known).contains(name).hasSizeLessThan(name.equals("help") ? 100 : 4);
        });
        assertThat(PaddockCommand.parser(context, "Chat").getSubcommands().keySet()).isEqualTo(all);
    }

    @Test
    void chat_promptAsWords_printsNothingButTheAnswer() {
        CliRun run = run("chat", "-m", "llama3.2", "Why", "so?");

        assertThat(run.status()).isZero();
        assertThat(run.out()).isNotBlank().endsWith("\n").doesNotContain("{");
        assertThat(run.err()).isEmpty();
        assertThat(sent("messages")).isEqualTo(List.of(Map.of("role", "user", "content", "Why so?")));
        assertThat(sent("stream")).isNotEqualTo(false);
    }

    @Test
    void chat_dash_standsForTheInput() {
        CliRun run = new CliRun().withInput("some text\n").run("chat", "-m", "llama3.2", url(), "Sum up:", "-");

        assertThat(run.status()).isZero();
        assertThat(sent("messages")).isEqualTo(List.of(Map.of("role", "user", "content", "Sum up: some text")));
    }

    @Test
    void chat_json_isOneObjectWithTheWholeAnswer() {
        Map<String, Object> answer = run("chat", "-m", "llama3.2", "--json", "Hello").json();

        assertThat(answer.get("model")).isEqualTo("llama3.2");
        assertThat(answer.get("text")).asString().isNotBlank();
        assertThat(answer.get("done")).isEqualTo(true);
        assertThat(answer.get("done_reason")).isEqualTo("stop");
        assertThat(CliRun.object(answer.get("usage"))).containsKeys("prompt_tokens", "completion_tokens");
        assertThat(sent("stream")).isEqualTo(false);
    }

    @Test
    void chat_jsonStream_isOneObjectALineAndTheSameText() {
        String whole = String.valueOf(run("chat", "-m", "llama3.2", "--json", "Hello").json().get("text"));

        List<Map<String, Object>> lines = run("chat", "-m", "llama3.2", "--json", "--stream", "Hello").jsonLines();

        assertThat(lines).hasSizeGreaterThan(2);
        assertThat(lines.getLast().get("done")).isEqualTo(true);
        assertThat(lines.subList(0, lines.size() - 1)).allMatch(line -> line.get("done").equals(false));
        assertThat(lines.stream().map(line -> String.valueOf(line.get("text"))).collect(Collectors.joining()))
                .isEqualTo(whole);
    }

    @Test
    void chat_noStream_printsTheSameText() {
        assertThat(run("chat", "-m", "llama3.2", "--no-stream", "Hello").out())
                .isEqualTo(run("chat", "-m", "llama3.2", "--stream", "Hello").out());
    }

    @Test
    void chat_thinkingModel_thinksOnTheErrorStream() {
        CliRun run = run("chat", "-m", "qwen3:4b", "--think", "on", "Hello");

        assertThat(run.status()).isZero();
        assertThat(run.err()).isNotBlank();
        assertThat(run.out()).isNotBlank().doesNotContain(run.err().strip());
        assertThat(sent("think")).isEqualTo(true);
    }

    @Test
    void generate_allOptions_areSent(@TempDir Path directory) throws IOException {
        Path image = Files.write(directory.resolve("a b.png"), new byte[] {1, 2, 3});
        Path schema = Files.writeString(directory.resolve("schema.json"), "{\"type\":\"object\"}");

        CliRun run = run("generate", "-m", "llava:7b", "--system", "Be brief", "-o", "temperature=0", "--option",
                "stop=[\"X\"]", "--image", image.toString(), "--format", schema.toString(), "--keep-alive", "forever",
                "Describe");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(sent("prompt")).isEqualTo("Describe");
        assertThat(sent("system")).isEqualTo("Be brief");
        assertThat(sent("options")).isEqualTo(Map.of("temperature", 0, "stop", List.of("X")));
        assertThat(sent("images")).isEqualTo(List.of("AQID"));
        assertThat(sent("format")).isEqualTo(Map.of("type", "object"));
        assertThat(String.valueOf(sent("keep_alive"))).startsWith("-");
    }

    @Test
    void generate_promptFromInput_isSent() {
        CliRun run = new CliRun().withInput("from the pipe\n").run("generate", "-m", "llama3.2", url());

        assertThat(run.status()).isZero();
        assertThat(sent("prompt")).isEqualTo("from the pipe");
    }

    @Test
    void embed_texts_areOneVectorALine() {
        CliRun run = run("embed", "-m", "nomic-embed-text", "one", "two");

        assertThat(run.out().lines()).hasSize(2);
        assertThat((List<?>) PlainJson.fromText(run.out().lines().findFirst().orElseThrow())).hasSize(768);
    }

    @Test
    void embed_linesOfInput_areOneTextEach() {
        CliRun run = new CliRun().withInput("one\n\ntwo\nthree\n").run("embed", "--json", url());

        assertThat((List<?>) run.json().get("embeddings")).hasSize(3);
        assertThat(run.err()).contains("nomic-embed-text:latest, the only model");
    }

    @Test
    void models_table_hasALineForEach() {
        CliRun run = run("models");

        assertThat(run.out().lines()).hasSize(5);
        assertThat(run.out()).startsWith("NAME").contains("llama3.2:latest").contains("embedding");
    }

    @Test
    void models_json_isOneObject() {
        assertThat((List<?>) run("models", "--json").json().get("models")).hasSize(4);
    }

    @Test
    void ps_modelLoaded_isListed() {
        assertThat(run("ps").err()).contains("no model loaded");
        run("chat", "-m", "llama3.2", "--keep-alive", "forever", "Hello");

        assertThat(run("ps").out()).contains("llama3.2:latest").contains("forever");
        assertThat((List<?>) run("ps", "--json").json().get("models")).hasSize(1);
    }

    @Test
    void show_model_tellsWhatItCan() {
        assertThat(run("show", "llama3.2").out()).contains("Can").contains("completion").contains("Family");
        Map<String, Object> shown = run("show", "-m", "llama3.2", "--json").json();
        assertThat(((List<?>) shown.get("capabilities")).contains("completion")).isTrue();
    }

    @Test
    void pull_model_isToldLineByLineAndHasSucceeded() {
        CliRun run = run("pull", "mistral");

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).contains("pulling manifest").last().isEqualTo("success");
        assertThat(run("models").out()).contains("mistral:latest");
    }

    @Test
    void pull_json_isOneObject() {
        Map<String, Object> result = run("pull", "mistral", "--json").json();

        assertThat(result.get("status")).isEqualTo("success");
        assertThat(result.get("bytes")).isInstanceOf(Number.class);
    }

    @Test
    void pull_jsonStream_neverGoesDownAndEndsAtOneHundred() {
        List<Integer> percents = run("pull", "mistral", "--json", "--stream").jsonLines().stream()
                .map(line -> (Integer) line.get("percent"))
                .toList();

        assertThat(percents).isSorted().last().isEqualTo(100);
        assertThat(percents.subList(0, percents.size() - 1)).allMatch(percent -> percent < 100);
    }

    @Test
    void chat_modelFromEnvironment_isAsked() {
        CliRun run = new CliRun()
                .withEnvironment(Map.of("PADDOCK_MODEL", "qwen3:4b"))
                .run("chat", "--no-stream", url(), "Hello");

        assertThat(run.status()).isZero();
        assertThat(sent("model")).isEqualTo("qwen3:4b");
    }

    @Test
    void chat_severalModelsAndNoneNamed_saysWhichThereAre() {
        CliRun run = run("chat", "Hello");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--model").contains("llama3.2:latest").doesNotContain("nomic");
    }

    @Test
    void chat_conversation_remembersUntilCleared() {
        CliRun run = new CliRun()
                .withTraits(new TerminalTraits(true, true, true, false))
                .withInput("one\ntwo\n/clear\nthree\n/bye\nnever\n")
                .run("chat", "-m", "llama3.2", "--system", "Be brief", url());

        assertThat(run.status()).isZero();
        List<Integer> lengths = server.requests().stream()
                .map(request -> ((List<?>) CliRun.object(PlainJson.fromText(request.body())).get("messages")).size())
                .toList();
        assertThat(lengths).containsExactly(2, 4, 2);
        assertThat(server.counters().connectionsAccepted()).isEqualTo(1);
    }

    private CliRun run(String command, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = command;
        all[1] = url();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CliRun.of(all);
    }

    private String url() {
        return "--base-url=" + server.baseUrl();
    }

    private Object sent(String field) {
        return CliRun.object(PlainJson.fromText(server.requests().getLast().body())).get(field);
    }
}
