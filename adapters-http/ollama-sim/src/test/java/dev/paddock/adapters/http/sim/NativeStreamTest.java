package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.Latch;
import dev.paddock.testsupport.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeStreamTest extends SimulatorTest {
    @Test
    void chat_streamed_everyLineIsOneChunk() throws Exception {
        RawClient.Response response = client().exchange("/api/chat", CHAT);

        assertThat(response.head().statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(response.head().header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(response.head().header("Date")).endsWith(" GMT");
        assertThat(response.head().header("Content-Length")).isNull();
        assertThat(response.head().header("Server")).isNull();
        assertThat(response.chunks()).hasSize(21).allMatch(chunk -> chunk.endsWith("}\n"));
        List<JsonNode> lines = lines(response);
        assertThat(lines.subList(0, 20)).allMatch(line -> !line.path("done").asBoolean());
        JsonNode last = lines.get(20);
        assertThat(last.path("done").asBoolean()).isTrue();
        assertThat(last.path("done_reason").asText()).isEqualTo("stop");
        assertThat(last.path("eval_count").asInt()).isEqualTo(20);
        assertThat(last.path("message").path("content").asText()).isEmpty();
        assertThat(lines).allMatch(line -> line.path("model").asText().equals("llama3.2"));
    }

    @Test
    void chat_generationHeldAfterFirstLine_firstLineHasAlreadyArrived() throws Exception {
        Latch gate = new Latch();
        simulator().faults().enqueue(new Fault.HoldLines(1, gate));
        RawClient client = client().postJson("/api/chat", CHAT);

        client.head();
        String first = client.chunkText();

        assertThat(json(first).path("done").asBoolean()).isFalse();
        assertThat(gate.awaitArrival(LIMIT)).isTrue();
        assertThat(simulator().counters().tokensSent()).isEqualTo(1);
        gate.open();
        assertThat(client.chunkText()).contains("\"done\":false");
    }

    @Test
    void chat_generationHeldBeforeFirstLine_headIsHeldToo() throws Exception {
        Latch gate = new Latch();
        simulator().faults().enqueue(new Fault.HoldLines(0, gate));
        RawClient client = client().postJson("/api/chat", CHAT);

        assertThat(gate.awaitArrival(LIMIT)).isTrue();
        assertThat(client.hasBytes()).isFalse();
        gate.open();
        assertThat(client.response().status()).isEqualTo(200);
    }

    @Test
    void chat_notStreamed_isOneObjectWithLengthAndWithoutLineFeed() throws Exception {
        RawClient.Response response = client().exchange("/api/chat", CHAT_WHOLE);

        assertThat(response.head().header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(response.head().header("Content-Length")).isNotEmpty();
        assertThat(response.body()).endsWith("}");
        assertThat(json(response.body()).path("message").path("content").asText().split(" ")).hasSize(20);
    }

    @Test
    void chat_sameQuestion_sameWordsWhetherStreamedOrNot() throws Exception {
        String whole = json(client().exchange("/api/chat", CHAT_WHOLE).body()).path("message").path("content").asText();
        StringBuilder streamed = new StringBuilder();
        lines(client().exchange("/api/chat", CHAT)).forEach(
            line -> streamed.append(line.path("message").path("content").asText()));

        assertThat(streamed.toString()).isEqualTo(whole);
        assertThat(whole.chars().anyMatch(character -> character > 127)).isTrue();
    }

    @Test
    void wholeBody_aboveTwoThousandFortyEightBytes_isChunked() throws Exception {
        RawClient client = client();
        RawClient.Response large = client.exchange("/api/embed", "{'model':'nomic-embed-text','input':'x'}");
        RawClient.Response small = client.get("/api/version").response();

        assertThat(large.head().header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(large.head().header("Content-Length")).isNull();
        assertThat(large.chunks()).hasSize(1);
        assertThat(small.head().header("Content-Length")).isEqualTo("21");
    }

    @Test
    void generate_streamed_lastLineCarriesContext() throws Exception {
        List<JsonNode> lines = lines(client().exchange("/api/generate", "{'model':'llama3.2','prompt':'hi'}"));

        assertThat(lines).hasSize(21);
        assertThat(lines.get(0).path("response").asText()).isNotEmpty();
        assertThat(lines.get(20).path("context")).hasSize(2);
        assertThat(lines.get(20).path("done_reason").asText()).isEqualTo("stop");
    }

    @Test
    void generate_rawPrompt_hasNoContext() throws Exception {
        List<JsonNode> lines = lines(
            client().exchange("/api/generate", "{'model':'llama3.2','prompt':'hi','raw':true}"));

        assertThat(lines.get(lines.size() - 1).has("context")).isFalse();
    }

    @Test
    void generate_limitedPrediction_stopsForLength() throws Exception {
        List<JsonNode> lines = lines(client().exchange(
            "/api/generate", "{'model':'llama3.2','prompt':'hi','options':{'num_predict':3}}"));

        assertThat(lines).hasSize(4);
        assertThat(lines.get(3).path("done_reason").asText()).isEqualTo("length");
        assertThat(lines.get(3).path("eval_count").asInt()).isEqualTo(3);
    }

    @Test
    void metrics_ofAnAnswer_addUp() throws Exception {
        JsonNode answer = json(client().exchange("/api/chat", CHAT_WHOLE).body());

        long stages = answer.path("load_duration").asLong() + answer.path("prompt_eval_duration").asLong()
            + answer.path("eval_duration").asLong();
        assertThat(answer.path("load_duration").asLong()).isPositive();
        assertThat(answer.path("total_duration").asLong()).isGreaterThanOrEqualTo(stages);
        assertThat(answer.path("prompt_eval_count").asInt()).isPositive();
        assertThat(answer.path("created_at").asText())
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{0,8}[1-9])?Z");
    }

    @Test
    void output_containsMarkup_isEscapedAsGoDoes() throws Exception {
        RawClient.Response response = client().exchange("/api/generate",
            "{'model':'<&>','prompt':'hi'}");

        assertThat(response.body()).isEqualTo("{\"error\":\"model '\\u003c\\u0026\\u003e' not found\"}");
    }

    @Test
    void load_emptyMessages_isOneObjectAlthoughStreaming() throws Exception {
        RawClient.Response response = client().exchange("/api/chat", "{'model':'llama3.2'}");

        assertThat(response.head().header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(response.body()).doesNotEndWith("\n");
        assertThat(json(response.body()).path("done_reason").asText()).isEqualTo("load");
        assertThat(json(response.body()).has("total_duration")).isFalse();
        assertThat(simulator().loadedModels()).containsExactly("llama3.2:latest");
    }

    @Test
    void unload_emptyPromptAndNoKeepAlive_removesTheModel() throws Exception {
        RawClient client = client();
        client.exchange("/api/generate", "{'model':'llama3.2'}");

        RawClient.Response response = client.exchange("/api/generate", "{'model':'llama3.2','keep_alive':0}");

        assertThat(json(response.body()).path("done_reason").asText()).isEqualTo("unload");
        assertThat(simulator().loadedModels()).isEmpty();
    }
}
