package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.paddock.bootstrap.cli.command.ExitStatus;
import dev.paddock.bootstrap.cli.command.SessionFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line shows of answers whose fields are unusual. In JSON here, ' stands for the quotation mark. */
class UnusualAnswersTest {

    private HttpServer server;
    private volatile String contentType = "application/json";
    private volatile String coding = "";
    private volatile byte[] body = {};

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", contentType);
            if (!coding.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Encoding", coding);
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[[]]", "[[NaN,1]]", "[[1e39]]", "[[-Infinity]]", "[]", "[[1],[2]]"})
    void embed_vectorsOfNoUse_areAFailureOfTheServer(String vectors) {
        answer("{'model':'m','embeddings':" + vectors + "}");

        CliRun run = run("embed", "text", "--model", "m", "--json");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED.code());
        assertThat(run.jsonError()).containsEntry("kind", "malformed_response");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void embed_base64WithNaN_isAFailureOfTheServer() {
        answer("{'model':'m','data':[{'index':0,'embedding':'AADAfwAAgD8='}]}");

        CliRun run = openAi("embed", "text", "--model", "m");

        assertThat(run.status()).isEqualTo(ExitStatus.FAILED.code());
        assertThat(run.err()).contains("not finite").doesNotContain("report");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{'models':[{'name':'big','size':1500},{'name':'odd','size':'much','modified_at':17,'details':[]}]}",
        "[{'name':'big','size':1500},{'name':'odd','size':-1,'modified_at':'soon','capabilities':7}]"
    })
    void models_sizeThatIsUnknown_isNotShown(String json) {
        answer(json);

        CliRun table = run("models");
        assertThat(table.status()).isZero();
        assertThat(table.out()).contains("1.5 kB").contains("odd").doesNotContain("0 B");
        assertThat(run("ps").out()).contains("odd").doesNotContain("0 B");
        List<?> models = (List<?>) run("models", "--json").json().get("models");
        assertThat(CliRun.object(models.getFirst())).containsEntry("size", 1500);
        assertThat(CliRun.object(models.getLast())).doesNotContainKeys("size", "modified_at");
    }

    @Test
    void pull_layerOfUnknownSize_isShownWithoutOne() {
        contentType = "application/x-ndjson";
        answer("{'status':'pulling x','digest':'sha256:x','total':'?','completed':null}\n{'status':'success'}\n");

        assertThat(run("pull", "m").err()).contains("pulling x").doesNotContain("0 B");
        assertThat(run("pull", "m", "--json", "--stream").jsonLines().getFirst()).doesNotContainKey("total");
        assertThat(run("pull", "m", "--json").json()).doesNotContainKey("bytes");
    }

    @Test
    void chat_charactersSplitOverPieces_areWholeOnEachLine() {
        contentType = "application/x-ndjson";
        answer("{'message':{'content':'a\\ud83d'},'done':false}\n{'message':{'content':'\\ude00b'},'done':false}\n"
                + "{'message':{'content':'\\ud83d'},'done':true,'done_reason':'stop'}\n");

        CliRun lines = run("chat", "--model", "m", "--json", "--stream", "x");

        assertThat(lines.status()).isZero();
        assertThat(lines.out()).doesNotContain("\\ud83d", "\\ude00", "?");
        assertThat(lines.jsonLines()).extracting(line -> line.get("text")).containsExactly("a", "\ud83d\ude00b", "\ufffd");
        assertThat(run("chat", "--model", "m", "x").out()).isEqualTo("a\ud83d\ude00b\ufffd\n");
    }

    @Test
    void chat_toolCallThatWasCut_isShown() {
        answer("{'choices':[{'message':{'content':'so far','tool_calls':[{'id':'a','function':{'name':'f','arguments':'{\\'x'}}]},"
                + "'finish_reason':'length'}]}");

        CliRun json = openAi("chat", "--model", "m", "--json", "x");
        assertThat(json.status()).isZero();
        assertThat(json.json()).containsEntry("text", "so far").containsEntry("done_reason", "length")
                .containsEntry("tool_calls", List.of(Map.of("id", "a", "name", "f", "incomplete_arguments", "{\"x")));
        CliRun text = openAi("chat", "--model", "m", "--no-stream", "x");
        assertThat(text.out()).isEqualTo("so far\n");
        assertThat(text.err()).contains("calls the tool f, but its arguments were cut");
    }

    @Test
    void chat_answerInACoding_isReadOrNamed() throws IOException {
        coding = "gzip";
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("{\"message\":{\"content\":\"Hello\"},\"done\":true}".getBytes(UTF_8));
        }
        body = compressed.toByteArray();
        assertThat(run("chat", "--model", "m", "--no-stream", "x").out()).isEqualTo("Hello\n");

        coding = "br";
        assertThat(run("chat", "--model", "m", "--no-stream", "x").err()).contains("content coding br");
    }

    /** In a body, / stands for a line end and $ for a piece of a conversation: its text and its finish reason. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "openai | text/event-stream  | data: [DONE]//                                              | 1 | ''    | has no choice",
        "openai | text/event-stream  | data: $(Hel,null)//data: [DONE]//                           | 9 | Hel   | finish reason",
        "openai | text/event-stream  | data: $(Hel,null)//                                         | 9 | Hel   | finish reason",
        "openai | text/event-stream  | data: $(Hel,'')//data: [DONE]//                             | 9 | Hel   | finish reason",
        "openai | text/event-stream  | data: $(Hel,'error')//data: [DONE]//                        | 9 | Hel   | failed",
        "openai | text/event-stream  | event: error/data: {'message':'no memory'}//                | 9 | ''    | no memory",
        "openai | text/event-stream  | error: {'message':'no memory'}//data: [DONE]//              | 9 | ''    | no memory",
        "openai | text/event-stream  | {'error':{'message':'no memory'}}//data: [DONE]//           | 9 | ''    | no memory",
        "openai | text/event-stream  | data: $(Hel,null)//data: {'detail':'no memory'}//           | 9 | Hel   | no memory",
        "openai | text/event-stream  | data: {'object':'error','message':'no memory'}//            | 9 | ''    | no memory",
        "openai | text/event-stream  | data: {'choices':[{'index':0,'error':{'message':'no memory'}}]}// | 9 | '' | no memory",
        "openai | application/json   | {'error':{'message':'no memory'}}                           | 9 | ''    | no memory",
        "ollama | application/x-ndjson | {'message':{'content':'Hel'},'done':false}/{'error':'no memory'}/ | 9 | Hel | no memory",
        "ollama | application/x-ndjson | {'message':{'content':'Hel'},'done':false}/               | 9 | Hel   | finish reason",
        "openai | text/event-stream  | data: $(Hello,'stop')//                                     | 0 | Hello | ''",
        "openai | text/event-stream  | data: $(Hello,'stop')//data: '[done]'//                     | 0 | Hello | ''",
        "openai | text/event-stream  | {'choices':[{'message':{'content':'Hello'},'finish_reason':'stop'}]} | 0 | Hello | ''",
        "openai | text/plain         | data: $(Hel,null)//data: $(lo,'stop')//data: [DONE]//       | 0 | Hello | ''",
        "openai | text/event-stream  | data: {'error':'','choices':[{'delta':{'content':'Hello'},'finish_reason':'stop'}]}// | 0 | Hello | ''",
        "ollama | text/event-stream  | {'error':false,'message':{'content':'Hello'},'done':true}/  | 0 | Hello | ''",
        "ollama | text/event-stream  | data: {'message':{'content':'Hello'},'done':true}//         | 0 | Hello | ''",
    })
    void chat_answerOfAnyForm_isShownOrItsFailureNamed(String dialect, String type, String form, int status, String out, String err) {
        contentType = type;
        answer(form.replaceAll("\\$\\((\\w+),([^)]*)\\)", "{'choices':[{'index':0,'delta':{'content':'$1'},'finish_reason':$2}]}")
                .replace('/', '\n'));
        String[] call = {"chat", "--model", "m", "x"};

        for (CliRun run : List.of(call(dialect, call), call(dialect, with(call, "--no-stream")))) {
            assertThat(run.status()).as(run.err()).isEqualTo(status);
            assertThat(run.err()).contains(err.replace("''", "")).doesNotContain("report it", "\tat ");
        }
        assertThat(call(dialect, call).out()).isEqualTo(out.equals("''") ? "" : out + "\n");
        assertThat(call(dialect, with(call, "--json")).status()).isEqualTo(status);
    }

    private CliRun call(String dialect, String... arguments) {
        return dialect.equals("openai") ? openAi(arguments) : run(arguments);
    }

    private void answer(String json) {
        body = json.replace('\'', '"').getBytes(UTF_8);
    }

    private CliRun run(String... arguments) {
        return CliRun.of(with(arguments, "--base-url", "http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private CliRun openAi(String... arguments) {
        SessionFactory defaults = SessionFactory.ofDefaults();
        return new CliRun()
                .withSessions(overrides -> {
                    Map<String, String> openAi = new HashMap<>(overrides);
                    openAi.put("paddock.dialect", "openai");
                    return defaults.withoutPolicies(openAi).get();
                })
                .run(with(arguments, "--base-url", "http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private static String[] with(String[] arguments, String... more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return all;
    }
}
