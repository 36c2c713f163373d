package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import dev.paddock.testsupport.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapabilityTest extends SimulatorTest {
    static final String TOOLS =
        "'tools':[{'type':'function','function':{'name':'weather','parameters':{'type':'object',"
        + "'properties':{'city':{'type':'string'},'days':{'type':'integer','minimum':3,'maximum':3}}}}}]";

    @Test
    void thinkingModel_thinksUnlessToldNotTo() throws Exception {
        String ask = "{'model':'qwen3:4b','messages':[{'content':'hi'}]%s}";
        RawClient client = client();

        List<JsonNode> thinking = lines(client.exchange("/api/chat", ask.formatted("")));
        List<JsonNode> silent = lines(client.exchange("/api/chat", ask.formatted(",'think':false")));

        assertThat(thinking.get(0).path("message").path("thinking").asText()).isNotEmpty();
        assertThat(thinking.get(0).path("message").path("content").asText("?")).isEmpty();
        assertThat(silent).noneMatch(line -> line.path("message").has("thinking"));
    }

    @Test
    void oldServer_thinksInsideTheContent() throws Exception {
        start(settings().release(OllamaRelease.OLD));

        JsonNode answer = json(client().exchange(
            "/api/chat", "{'model':'qwen3:4b','stream':false,'messages':[{'content':'hi'}]}").body());

        assertThat(answer.path("message").has("thinking")).isFalse();
        assertThat(answer.path("message").path("content").asText()).startsWith("<think>\n").contains("\n</think>\n\n");
    }

    @Test
    void tools_offered_oneIsCalledWithFittingArguments() throws Exception {
        List<JsonNode> lines = lines(client().exchange(
            "/api/chat", "{'model':'llama3.2'," + TOOLS + ",'messages':[{'role':'user','content':'hi'}]}"));

        assertThat(lines).hasSize(2);
        JsonNode call = lines.get(0).path("message").path("tool_calls").path(0);
        assertThat(call.path("id").asText()).matches("call_[a-z0-9]{8}");
        assertThat(call.path("function").path("name").asText()).isEqualTo("weather");
        assertThat(call.path("function").path("arguments").path("days").asInt()).isEqualTo(3);
        assertThat(call.path("function").path("arguments").path("city").isTextual()).isTrue();
        assertThat(lines.get(1).path("done_reason").asText()).isEqualTo("stop");
    }

    @Test
    void tools_resultGiven_answerIsText() throws Exception {
        List<JsonNode> lines = lines(client().exchange("/api/chat", "{'model':'llama3.2'," + TOOLS
            + ",'messages':[{'role':'user','content':'hi'},{'role':'tool','content':'sunny'}]}"));

        assertThat(lines).hasSize(21);
    }

    @Test
    void oldServer_toolCallHasNoId() throws Exception {
        start(settings().release(OllamaRelease.OLD));

        JsonNode first = lines(client().exchange(
            "/api/chat", "{'model':'llama3.2'," + TOOLS + ",'messages':[{'content':'hi'}]}")).get(0);

        assertThat(first.path("message").path("tool_calls").path(0).has("id")).isFalse();
    }

    @Test
    void format_schema_answerSatisfiesIt() throws Exception {
        String schema = "{'type':'object','properties':{'name':{'type':'string'},'age':{'type':'integer'},"
            + "'tags':{'type':'array','minItems':2,'items':{'enum':['a','b']}},'ok':{'type':'boolean'}}}";

        JsonNode answer = json(client().exchange("/api/chat",
            "{'model':'llama3.2','stream':false,'format':" + schema + ",'messages':[{'content':'hi'}]}").body());

        JsonNode value = json(answer.path("message").path("content").asText());
        assertThat(value.path("name").isTextual()).isTrue();
        assertThat(value.path("age").isInt()).isTrue();
        assertThat(value.path("tags")).hasSize(2);
        assertThat(value.path("ok").isBoolean()).isTrue();
    }

    @Test
    void format_json_answerIsAnObject() throws Exception {
        JsonNode answer = json(client().exchange(
            "/api/generate", "{'model':'llama3.2','stream':false,'format':'json','prompt':'hi'}").body());

        assertThat(json(answer.path("response").asText()).isObject()).isTrue();
    }

    @Test
    void logprobs_asked_everyTokenHasThem() throws Exception {
        List<JsonNode> lines = lines(client().exchange("/api/chat",
            "{'model':'llama3.2','logprobs':true,'top_logprobs':2,'messages':[{'content':'hi'}]}"));

        JsonNode entry = lines.get(0).path("logprobs").path(0);
        assertThat(entry.path("token").asText()).isEqualTo(lines.get(0).path("message").path("content").asText());
        assertThat(entry.path("logprob").asDouble()).isNegative();
        assertThat(entry.path("top_logprobs")).hasSize(2);
        assertThat(lines.get(20).has("logprobs")).isFalse();
    }

    @Test
    void stop_sequence_endsTheAnswer() throws Exception {
        RawClient client = client();
        String answer = json(client.exchange("/api/chat", CHAT_WHOLE).body()).path("message").path("content").asText();
        String stop = answer.split(" ")[4];

        JsonNode stopped = json(client.exchange("/api/chat",
            CHAT_WHOLE.replace("'messages'", "'options':{'stop':['" + stop + "']},'messages'")).body());

        assertThat(stopped.path("message").path("content").asText())
            .isEqualTo(answer.substring(0, answer.indexOf(stop)));
        assertThat(stopped.path("done_reason").asText()).isEqualTo("stop");
    }

    @Test
    void image_base64_isAccepted() throws Exception {
        RawClient.Response response =
            client().exchange("/api/generate", "{'model':'llava:7b','prompt':'x','images':['aGVsbG8=']}");

        assertThat(response.status()).isEqualTo(200);
    }

    @Test
    void oldServer_samePromptTwice_leavesPromptCountOut() throws Exception {
        start(settings().release(OllamaRelease.OLD));
        RawClient client = client();

        assertThat(json(client.exchange("/api/chat", CHAT_WHOLE).body()).has("prompt_eval_count")).isTrue();
        assertThat(json(client.exchange("/api/chat", CHAT_WHOLE).body()).has("prompt_eval_count")).isFalse();
    }
}
