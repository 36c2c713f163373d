package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.script.ReceivedCall;
import dev.paddock.adapters.http.sim.script.ReceivedCall.Kind;
import dev.paddock.adapters.http.sim.script.ReceivedMessage;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Generation;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.ScriptedToolCall;
import dev.paddock.adapters.http.sim.script.ScriptedAnswer.Vectors;
import dev.paddock.testsupport.RawClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedAnswerTest extends SimulatorTest {
    private static final Generation TEXT = new Generation(List.of("hm"), List.of("Blue", ", <of course>"), List.of(), "stop");

    private final List<ReceivedCall> calls = Collections.synchronizedList(new ArrayList<>());
    private ScriptedAnswer answer = new ScriptedAnswer(TEXT, List.of());

    @BeforeEach
    void script() {
        simulator().script(call -> {
            calls.add(call);
            return answer;
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/chat            | {\"model\":\"any\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}",
        "/api/generate        | {\"model\":\"any\",\"stream\":false,\"prompt\":\"Why?\"}",
        "/v1/chat/completions | {\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}",
        "/v1/completions      | {\"model\":\"any\",\"prompt\":\"Why?\"}",
        "/v1/responses        | {\"model\":\"any\",\"input\":\"Why?\"}",
        "/v1/messages         | {\"model\":\"any\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}",
    })
    void text_anyApi_isAnsweredWithoutTheModel(String path, String body) throws Exception {
        RawClient.Response response = client().postJson(path, body).response();

        assertThat(response.status()).isEqualTo(200);
        assertThat(GoJson.MAPPER.readTree(response.body()).findValuesAsText(textField(path))).contains("Blue, <of course>");
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().messages()).containsExactly(new ReceivedMessage("user", "Why?"));
        assertThat(calls.getFirst().model()).isEqualTo("any");
        assertThat(calls.getFirst().streamed()).isFalse();
    }

    private static String textField(String path) {
        return switch (path) {
            case "/api/generate" -> "response";
            case "/v1/completions", "/v1/responses", "/v1/messages" -> "text";
            default -> "content";
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/chat", "/v1/chat/completions"})
    void text_streamed_comesInItsPieces(String path) throws Exception {
        String stream = client().postJson(path,
            "{\"model\":\"any\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}").response().body();

        assertThat(stream).contains("\"content\":\"Blue\"", "\"content\":\", \\u003cof course\\u003e\"");
        assertThat(calls.getFirst().streamed()).isTrue();
    }

    @Test
    void toolCall_streamedOrNot_hasItsArguments() throws Exception {
        answer = new ScriptedAnswer(new Generation(List.of(), List.of(), List.of(
            new ScriptedToolCall("weather", Map.of("city", "Rome")), new ScriptedToolCall("time", Map.of())), "stop"), List.of());

        JsonNode calls = GoJson.MAPPER.readTree(client().postJson("/api/chat",
            "{\"model\":\"any\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}").response().body())
            .path("message").path("tool_calls");

        assertThat(calls.findValuesAsText("name")).containsExactly("weather", "time");
        assertThat(calls.path(0).path("function").path("arguments").path("city").asText()).isEqualTo("Rome");
        assertThat(calls.findValues("index")).map(JsonNode::asInt).containsExactly(0, 1);
    }

    @Test
    void vectors_bothApis_areSentAsTheyAre() throws Exception {
        answer = new ScriptedAnswer(new Vectors(List.of(new float[] {1, 2}, new float[] {3, 4})), List.of());

        assertThat(client().postJson("/api/embed", "{\"model\":\"any\",\"input\":[\"a\",\"b\",\"c\"]}").response().body())
            .contains("\"embeddings\":[[1,2],[3,4],[3,4]]");
        assertThat(client().postJson("/v1/embeddings", "{\"model\":\"any\",\"input\":\"a\"}").response().body())
            .contains("\"embedding\":[1,2]");
        assertThat(calls).extracting(ReceivedCall::kind).containsOnly(Kind.EMBEDDING);
        assertThat(calls.getFirst().texts()).containsExactly("a", "b", "c");
    }

    @Test
    void refusal_hasTheErrorBodyOfItsApi() throws Exception {
        answer = new ScriptedAnswer(null, List.of(new Fault.Refusal(429, "slow down", Map.of("Retry-After", "7"))));

        RawClient.Response ollama = client().postJson("/api/chat", CHAT).response();
        assertThat(ollama.status()).isEqualTo(429);
        assertThat(ollama.body()).isEqualTo("{\"error\":\"slow down\"}");
        assertThat(ollama.head().header("Retry-After")).isEqualTo("7");
        assertThat(client().postJson("/v1/chat/completions", CHAT).response().body()).contains("\"message\":\"slow down\"");
    }

    @Test
    void faults_ofTheScript_strikeAtPieces() throws Exception {
        answer = new ScriptedAnswer(TEXT, List.of(new Fault.CutLine(2, TcpClose.CLOSE)));
        RawClient client = client().postJson("/api/chat", CHAT);

        client.head();
        assertThat(client.chunkText()).contains("\"thinking\":\"hm\"");
        assertThat(client.chunkText()).contains("Blue");
        assertThat(client.chunkText()).startsWith("{").doesNotContain("\n");
        assertThat(client.read()).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/chat            | {\"model\":\"any\",\"messages\":[{\"role\":\"tool\",\"tool_name\":\"weather\",\"content\":\"sunny\"}]}",
        "/v1/chat/completions | {\"model\":\"any\",\"messages\":[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\","
            + "\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"sunny\"}]}",
        "/v1/messages         | {\"model\":\"any\",\"max_tokens\":9,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\","
            + "\"id\":\"c1\",\"name\":\"weather\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\","
            + "\"tool_use_id\":\"c1\",\"content\":\"sunny\"}]}]}",
        "/v1/responses        | {\"model\":\"any\",\"input\":[{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"weather\","
            + "\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"sunny\"}]}",
    })
    void toolResult_anyApi_namesItsTool(String path, String body) throws Exception {
        assertThat(client().postJson(path, body).response().status()).isEqualTo(200);

        assertThat(calls.getFirst().messages().getLast()).isEqualTo(new ReceivedMessage("tool", "sunny", "weather"));
    }

    @Test
    void message_inParts_isOneText() throws Exception {
        assertThat(client().postJson("/v1/chat/completions", "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":["
            + "{\"type\":\"text\",\"text\":\"Why \"},{\"type\":\"text\",\"text\":\"so?\"}]}]}").response().status()).isEqualTo(200);

        assertThat(calls.getFirst().messages()).containsExactly(new ReceivedMessage("user", "Why so?"));
    }

    @Test
    void otherRequests_areNoCalls() throws Exception {
        assertThat(client().get("/api/tags").response().status()).isEqualTo(200);
        assertThat(client().postJson("/api/show", "{\"model\":\"llama3.2\"}").response().status()).isEqualTo(200);
        assertThat(client().postJson("/api/generate", "{\"model\":\"llama3.2\"}").response().status()).isEqualTo(200);
        assertThat(client().postJson("/api/chat", "{\"model\":").response().status()).isEqualTo(400);

        assertThat(calls).isEmpty();
    }

    @Test
    void noAnswer_isLeftToTheSimulator() throws Exception {
        simulator().script(call -> null);

        assertThat(client().postJson("/api/chat", CHAT).response().status()).isEqualTo(200);
        assertThat(client().postJson("/api/chat", "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]}")
            .response().status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}", "{\"a\":1}x"})
    void requireJson_noSingleValue_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ScriptedAnswer.requireJson(text));
    }
}
