package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.testsupport.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicDialectTest extends SimulatorTest {
    private static final String ASK =
        "{'model':'%s','max_tokens':4,'stream':%s,'messages':[{'role':'user','content':'hi'}]%s}";

    @Test
    void whole_hasBlocksAndUsage() throws Exception {
        RawClient.Response response = client().exchange("/v1/messages", ASK.formatted("qwen3:4b", false, ""));

        JsonNode answer = json(response.body());
        assertThat(answer.path("id").asText()).matches("msg_[0-9a-f]{24}");
        assertThat(answer.path("content")).extracting(block -> block.path("type").asText())
            .containsExactly("thinking", "text");
        assertThat(answer.path("stop_reason").asText()).isEqualTo("max_tokens");
        assertThat(answer.path("usage").path("output_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void streamed_eventsComeInOrder() throws Exception {
        RawClient.Response response = client().exchange("/v1/messages", ASK.formatted("qwen3:4b", true, ""));

        List<JsonNode> events = OpenAiDialectTest.events(response);
        assertThat(events).extracting(event -> event.path("type").asText()).containsExactly(
            "message_start", "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
            "content_block_start", "content_block_delta", "content_block_delta", "content_block_stop",
            "message_delta", "message_stop");
        assertThat(events.get(5).path("index").asInt()).isEqualTo(1);
        assertThat(events.get(9).path("delta").path("stop_reason").asText()).isEqualTo("max_tokens");
        assertThat(response.body()).startsWith("event: message_start\ndata: {");
    }

    @Test
    void streamed_runnerFails_streamMerelyStops() throws Exception {
        simulator().faults().enqueue(Fault.errorAfterLines(2));

        RawClient.Response response = client().exchange("/v1/messages", ASK.formatted("llama3.2", true, ""));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("error").doesNotContain("message_stop");
    }

    @Test
    void tools_offered_oneIsUsed() throws Exception {
        JsonNode answer = json(client().exchange("/v1/messages", ASK.formatted("llama3.2", false,
            ",'tools':[{'name':'add','input_schema':{'type':'object','properties':{'a':{'type':'number'}}}}]")).body());

        assertThat(answer.path("stop_reason").asText()).isEqualTo("tool_use");
        assertThat(answer.path("content").path(0).path("name").asText()).isEqualTo("add");
        assertThat(answer.path("content").path(0).path("input").path("a").isNumber()).isTrue();
    }

    @Test
    void thinking_askedOfAModelThatCannot_isDropped() throws Exception {
        RawClient.Response response = client().exchange(
            "/v1/messages", ASK.formatted("llama3.2", false, ",'thinking':{'type':'enabled','budget_tokens':9}"));

        assertThat(response.status()).isEqualTo(200);
    }
}
