package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.testsupport.RawClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManagementTest extends SimulatorTest {
    @Test
    void pull_newModel_showsOddProgressAndInstallsIt() throws Exception {
        RawClient client = client();

        List<JsonNode> lines = lines(client.exchange("/api/pull", "{'model':'gemma3'}"));

        assertThat(lines.get(0).path("status").asText()).isEqualTo("pulling manifest");
        assertThat(lines.get(lines.size() - 1)).isEqualTo(json("{\"status\":\"success\"}"));
        List<JsonNode> layers = lines.stream().filter(line -> line.has("digest")).toList();
        assertThat(layers.get(0).has("completed")).isFalse();
        assertThat(layers.get(3)).isEqualTo(layers.get(4));
        String first = layers.get(0).path("digest").asText();
        JsonNode lastOfFirst = layers.stream().filter(line -> line.path("digest").asText().equals(first))
            .reduce((before, after) -> after).orElseThrow();
        assertThat(lastOfFirst.path("completed").asLong()).isLessThan(lastOfFirst.path("total").asLong());
        assertThat(layers.get(0).path("status").asText()).isEqualTo("pulling " + first.substring(7, 19));
        assertThat(client.get("/api/tags").response().body()).contains("\"gemma3:latest\"");
    }

    @Test
    void pull_unknownModel_isAStreamWithAnErrorLine() throws Exception {
        RawClient.Response response = client().exchange("/api/pull", "{'model':'missing'}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.lines()).containsExactly("{\"status\":\"pulling manifest\"}",
            "{\"error\":\"pull model manifest: file does not exist\"}");
    }

    @Test
    void pull_notStreamed_isTheLastStatus() throws Exception {
        RawClient.Response response = client().exchange("/api/pull", "{'name':'gemma3','stream':false}");

        assertThat(response.body()).isEqualTo("{\"status\":\"success\"}");
    }

    @Test
    void push_unknownModel_isAStreamWithAnErrorLine() throws Exception {
        RawClient client = client();

        assertThat(client.exchange("/api/push", "{'model':'nope'}").lines()).hasSize(3).last().asString()
            .startsWith("{\"error\":");
        assertThat(client.exchange("/api/push", "{'model':'llava:7b'}").lines()).last().asString().contains("success");
    }

    @Test
    void create_fromAModel_hasNoFamilies() throws Exception {
        RawClient client = client();

        assertThat(client.exchange("/api/create", "{'model':'mine','from':'llama3.2'}").lines()).last().asString()
            .contains("success");
        assertThat(client.get("/api/tags").response().body()).contains("\"families\":null");
        assertThat(client.exchange("/api/chat", CHAT.replace("llama3.2", "mine")).status()).isEqualTo(200);
    }

    @Test
    void copyAndDelete_changeTheCatalogue() throws Exception {
        RawClient client = client();

        RawClient.Response copied = client.exchange("/api/copy", "{'source':'LLAVA:7b','destination':'me/eyes'}");
        assertThat(copied.head().header("Content-Length")).isEqualTo("0");
        assertThat(client.get("/api/tags").response().body()).contains("\"me/eyes:latest\"");
        String body = "{\"model\":\"me/eyes\"}";
        assertThat(client.request("DELETE", "/api/delete", body).response().status()).isEqualTo(200);
        assertThat(client.request("DELETE", "/api/delete", body).response().body())
            .isEqualTo("{\"error\":\"model 'me/eyes' not found\"}");
    }

    @Test
    void blob_storedOnce_isKnown() throws Exception {
        String path = "/api/blobs/sha256:" + GoFormat.sha256("data");
        RawClient client = client();

        assertThat(client.request("HEAD", path, "").head().status()).isEqualTo(404);
        assertThat(client.request("POST", path, "other").response().status()).isEqualTo(400);
        assertThat(client.request("POST", path, "data").response().status()).isEqualTo(201);
        assertThat(client.request("POST", path, "data").response().status()).isEqualTo(200);
        assertThat(client.request("HEAD", path, "").head().status()).isEqualTo(200);
    }

    @Test
    void show_knownModel_describesIt() throws Exception {
        RawClient client = client();
        JsonNode brief = json(client.exchange("/api/show", "{'model':'qwen3:4b'}").body());
        JsonNode verbose = json(client.exchange("/api/show", "{'model':'qwen3:4b','verbose':true}").body());

        assertThat(brief.path("capabilities")).extracting(JsonNode::asText)
            .containsExactly("completion", "tools", "thinking");
        assertThat(brief.path("parameters").isTextual()).isTrue();
        assertThat(brief.path("model_info").path("general.parameter_count").asLong()).isGreaterThan(Integer.MAX_VALUE);
        assertThat(brief.path("model_info").path("tokenizer.ggml.tokens")).isEmpty();
        assertThat(verbose.path("model_info").path("tokenizer.ggml.tokens")).hasSizeGreaterThan(5);
    }

    @Test
    void tags_newestFirst_withDigestsAndLocalTime() throws Exception {
        JsonNode models = json(client().get("/api/tags").response().body()).path("models");

        assertThat(models).hasSize(4);
        assertThat(models.path(0).path("digest").asText()).matches("[0-9a-f]{64}");
        assertThat(models.path(0).path("modified_at").asText())
            .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
        assertThat(models.path(0).path("details").path("families").isArray()).isTrue();
    }
}
