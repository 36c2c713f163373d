package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.testsupport.RawClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenAiDialectTest extends SimulatorTest {
    private static final String ASK =
        "{'model':'llama3.2','messages':[{'role':'user','content':'hi'}],'stream':%s,'max_tokens':3%s}";

    @Test
    void chat_whole_hasTheShapeOfACompletion() throws Exception {
        RawClient.Response response = client().exchange("/v1/chat/completions", ASK.formatted(false, ""));

        JsonNode answer = json(response.body());
        assertThat(response.head().header("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).endsWith("}\n");
        assertThat(answer.path("id").asText()).matches("chatcmpl-\\d{1,3}");
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.path("system_fingerprint").asText()).isEqualTo("fp_ollama");
        JsonNode choice = answer.path("choices").path(0);
        assertThat(choice.path("message").path("role").asText()).isEqualTo("assistant");
        assertThat(choice.path("message").path("content").asText()).isNotEmpty();
        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void chat_streamed_roleComesOnceAndTheFinishAlone() throws Exception {
        RawClient.Response response = client().exchange(
            "/v1/chat/completions", ASK.formatted(true, ",'stream_options':{'include_usage':true}"));

        assertThat(response.head().header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(response.chunks()).hasSize(6)
            .allMatch(chunk -> chunk.startsWith("data: ") && chunk.endsWith("\n\n"));
        List<JsonNode> events = events(response);
        assertThat(delta(events.get(0)).path("role").asText()).isEqualTo("assistant");
        assertThat(events.subList(1, 3)).noneMatch(event -> delta(event).has("role"));
        assertThat(delta(events.get(3))).isEmpty();
        assertThat(events.get(3).path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
        assertThat(events.get(4).path("choices")).isEmpty();
        assertThat(events.get(4).path("usage").path("completion_tokens").asInt()).isEqualTo(3);
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void chat_streamedByAnOldServer_roleComesAlways() throws Exception {
        start(settings().release(OllamaRelease.OLD));

        List<JsonNode> events = events(client().exchange("/v1/chat/completions", ASK.formatted(true, "")));

        assertThat(events).hasSize(4).allMatch(event -> delta(event).path("role").asText().equals("assistant"));
        assertThat(delta(events.get(3)).path("content").asText("?")).isEmpty();
        assertThat(events.get(3).path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void chat_runnerFailsInTheMiddle_errorIsLost() throws Exception {
        simulator().faults().enqueue(Fault.errorAfterLines(2));

        RawClient.Response response = client().exchange("/v1/chat/completions", ASK.formatted(true, ""));

        List<JsonNode> events = events(response);
        assertThat(response.status()).isEqualTo(200);
        assertThat(events).hasSize(3);
        assertThat(events.get(2).path("model").asText("?")).isEmpty();
        assertThat(delta(events.get(2)).path("content").asText("?")).isEmpty();
        assertThat(response.body()).doesNotContain("error").doesNotContain("[DONE]");
    }

    @Test
    void chat_toolCalled_argumentsAreTextAndTheFinishSaysSo() throws Exception {
        List<JsonNode> events = events(client().exchange(
            "/v1/chat/completions", ASK.formatted(true, "," + CapabilityTest.TOOLS)));

        JsonNode call = delta(events.get(0)).path("tool_calls").path(0);
        assertThat(call.path("type").asText()).isEqualTo("function");
        assertThat(json(call.path("function").path("arguments").asText()).path("days").asInt()).isEqualTo(3);
        assertThat(events.get(1).path("choices").path(0).path("finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void chat_thinkingModel_reasonsApart() throws Exception {
        JsonNode message = json(client().exchange("/v1/chat/completions",
            "{'model':'qwen3:4b','messages':[{'role':'user','content':[{'type':'text','text':'hi'}]}]}").body())
            .path("choices").path(0).path("message");

        assertThat(message.path("reasoning").asText()).isNotEmpty();
        assertThat(message.path("content").asText()).isNotEmpty();
    }

    @Test
    void completions_streamedWithUsage_everyChunkHasIt() throws Exception {
        RawClient.Response response = client().exchange("/v1/completions",
            "{'model':'llama3.2','prompt':'hi','stream':true,'max_tokens':2,'stream_options':{'include_usage':true}}");

        List<JsonNode> events = events(response);
        assertThat(events).hasSize(3).allMatch(event -> event.has("usage"));
        assertThat(events.get(0).path("usage").path("total_tokens").asInt()).isZero();
        assertThat(events.get(2).path("usage").path("completion_tokens").asInt()).isEqualTo(2);
        assertThat(events.get(2).path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void completions_emptyPrompt_onlyLoads() throws Exception {
        JsonNode answer = json(client().exchange("/v1/completions", "{'model':'llama3.2'}").body());

        assertThat(answer.path("object").asText()).isEqualTo("text_completion");
        assertThat(answer.path("choices").path(0).path("finish_reason").asText()).isEqualTo("load");
    }

    @Test
    void models_none_areNull() throws Exception {
        start(settings().models(List.of()));

        assertThat(client().get("/v1/models").response().body()).isEqualTo("{\"object\":\"list\",\"data\":null}\n");
    }

    @Test
    void models_oneOrAll_areDescribed() throws Exception {
        RawClient client = client();

        assertThat(json(client.get("/v1/models").response().body()).path("data")).hasSize(4);
        assertThat(json(client.get("/v1/models/llava:7b").response().body()).path("owned_by").asText()).isEqualTo("library");
        assertThat(json(client.get("/v1/models/nope").response().body()).path("error").path("type").asText())
            .isEqualTo("not_found_error");
        assertThat(client.get("/v1/models/a/b").response().body()).isEqualTo("404 page not found");
    }

    @Test
    void responses_streamed_eventsAreTypedAndNumbered() throws Exception {
        RawClient.Response response = client().exchange(
            "/v1/responses", "{'model':'llama3.2','input':'hi','stream':true,'max_output_tokens':2}");

        List<JsonNode> events = events(response);
        assertThat(events).extracting(event -> event.path("type").asText()).containsExactly(
            "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added",
            "response.output_text.delta", "response.output_text.delta", "response.output_text.done",
            "response.content_part.done", "response.output_item.done", "response.completed");
        for (int index = 0; index < events.size(); index++) {
            assertThat(events.get(index).path("sequence_number").asInt()).isEqualTo(index);
        }
        JsonNode completed = events.get(9).path("response");
        assertThat(completed.path("output").path(0).path("content").path(0).path("text").asText())
            .isEqualTo(events.get(6).path("text").asText()).isNotEmpty();
        assertThat(completed.path("usage").path("output_tokens").asInt()).isEqualTo(2);
        assertThat(response.body()).startsWith("event: response.created\ndata: {").doesNotContain("[DONE]");
        assertThat(response.head().header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void responses_whole_thinkerReasonsFirst() throws Exception {
        JsonNode answer = json(client().exchange("/v1/responses",
            "{'model':'qwen3:4b','instructions':'short','input':[{'role':'user','content':[{'text':'hi'}]}]}").body());

        assertThat(answer.path("status").asText()).isEqualTo("completed");
        assertThat(answer.path("output")).extracting(item -> item.path("type").asText())
            .containsExactly("reasoning", "message");
    }

    private static JsonNode delta(JsonNode event) {
        return event.path("choices").path(0).path("delta");
    }

    static List<JsonNode> events(RawClient.Response response) {
        return Stream.of(response.body().split("\n")).filter(line -> line.startsWith("data: {"))
            .map(line -> json(line.substring("data: ".length()))).toList();
    }
}
