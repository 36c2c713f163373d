package dev.paddock.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.bootstrap.cli.terminal.TerminalTraits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations whose input comes in lines; {@link ChatTerminalIT} types at a terminal. */
class ConversationTest {

    private final OllamaSimulator server = OllamaSimulator.start();

    @TempDir private Path directory;

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void chat_unknownCommand_isRefusedAndNotSent() {
        CliRun run = converse("/modle x\n/etc/passwd\n /etc/passwd is a file\n");

        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("There is no command /modle; did you mean /model?").contains("There is no command /etc/passwd.");
        assertThat(server.requests()).hasSize(1);
        assertThat(lastMessages()).isEqualTo(List.of(Map.of("role", "user", "content", " /etc/passwd is a file")));
    }

    @Test
    void chat_block_isOneQuestion() {
        converse("\"\"\"one\n\n  two\"\"\"\nthree\n");

        assertThat(server.requests()).hasSize(2);
        assertThat(((Map<?, ?>) lastMessages().getFirst()).get("content")).isEqualTo("one\n\n  two");
    }

    @Test
    void chat_settings_areSentFromThenOn() {
        CliRun run = converse("/set temperature 0.5\n/set stop [\"X\"]\n/system Be brief\n/set\nfirst\n/set stop\n/system \"\"\n/model qwen3:4b\nsecond\n");

        assertThat(run.err()).contains("{\"temperature\":0.5,\"stop\":[\"X\"]}").contains("stop is not set").contains("The model is qwen3:4b");
        Map<String, Object> first = chats().getFirst();
        Map<String, Object> second = chats().getLast();
        assertThat(first.get("options")).isEqualTo(Map.of("temperature", 0.5, "stop", List.of("X")));
        assertThat(first.get("messages").toString()).contains("Be brief");
        assertThat(second.get("options")).isEqualTo(Map.of("temperature", 0.5));
        assertThat(second.get("model")).isEqualTo("qwen3:4b");
        assertThat(second.get("messages").toString()).doesNotContain("Be brief");
        assertThat((List<?>) second.get("messages")).hasSize(3);
    }

    @Test
    void chat_wrongModelOrFile_keepsTheConversation() {
        CliRun run = converse("one\n/model nothing\n/load " + directory + "/none\n/save\n/set x [\ntwo\n");

        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("model 'nothing").contains("there is no file").contains("/save needs the name of a file");
        assertThat(lastMessages()).hasSize(3);
    }

    @Test
    void chat_savedConversation_goesOnLater() {
        Path file = directory.resolve("talk.json");
        converse("/system Be brief\n/set seed 7\none\n/save " + file + "\n");

        converse("forgotten\n/load " + file + "\ntwo\n");

        Map<String, Object> last = chats().getLast();
        assertThat(roles((List<?>) last.get("messages")))
                .isEqualTo(List.of("system", "user", "assistant", "user"));
        assertThat(last.get("messages").toString()).contains("one").contains("two").doesNotContain("forgotten");
        assertThat(last.get("options")).isEqualTo(Map.of("seed", 7));
    }

    @Test
    void chat_toolCalled_isInTheConversationWithItsResult() throws Exception {
        Path tools = Files.writeString(directory.resolve("tools.json"), """
                [{"type":"function","function":{"name":"get_weather","description":"x","parameters":{"type":"object",
                  "properties":{"city":{"type":"string"}}}}}]""");
        Path file = directory.resolve("talk.json");

        CliRun run = converse("/result early\nUse a tool\n/result Sunny\n/save " + file + "\n", "--tools", tools.toString());

        assertThat(run.err()).contains("has called no tool", "calls the tool get_weather", "/result TEXT gives");
        assertThat(chats()).hasSize(2);
        assertThat(roles(lastMessages())).isEqualTo(List.of("user", "assistant", "tool"));
        Map<?, ?> call = (Map<?, ?>) ((List<?>) ((Map<?, ?>) lastMessages().get(1)).get("tool_calls")).getFirst();
        assertThat(((Map<?, ?>) call.get("function")).get("name")).isEqualTo("get_weather");
        assertThat(((Map<?, ?>) call.get("function")).get("arguments").toString()).contains("city");
        assertThat(lastMessages().getLast().toString()).contains("Sunny", "get_weather");

        List<?> before = lastMessages();
        converse("/load " + file + "\nmore\n");
        assertThat(lastMessages().subList(0, 3)).as("kept in the file").isEqualTo(before);

        Map<String, Object> saved = CliRun.object(PlainJson.fromText(Files.readString(file)));
        List<?> messages = (List<?>) saved.get("messages");
        saved.put("messages", messages.subList(0, messages.size() - 1)); // as after an answer that failed
        Files.writeString(file, PlainJson.toText(saved));
        converse("/load " + file + "\n/result\n");
        assertThat(lastMessages()).as("asked again without a question").isEqualTo(before);
    }

    private CliRun converse(String input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("chat", "-m", "llama3.2", "--base-url=" + server.baseUrl()));
        arguments.addAll(List.of(options));
        return new CliRun()
                .withTraits(new TerminalTraits(true, true, true, false))
                .withInput(input)
                .run(arguments.toArray(String[]::new));
    }

    private static List<Object> roles(List<?> messages) {
        return messages.stream().<Object>map(message -> ((Map<?, ?>) message).get("role")).toList();
    }

    private List<Map<String, Object>> chats() {
        return server.requests().stream()
                .filter(request -> request.path().equals("/api/chat"))
                .map(request -> CliRun.object(PlainJson.fromText(request.body())))
                .toList();
    }

    private List<?> lastMessages() {
        return (List<?>) chats().getLast().get("messages");
    }
}
