package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.testsupport.RawClient;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class EmbeddingTest extends SimulatorTest {
    @Test
    void embed_severalTexts_areNormalisedAndInOrder() throws Exception {
        RawClient client = client();
        JsonNode both = json(client.exchange(
            "/api/embed", "{'model':'nomic-embed-text','input':['one','two','']}").body());
        JsonNode single = json(client.exchange("/api/embed", "{'model':'nomic-embed-text','input':'two'}").body());

        assertThat(both.path("embeddings")).hasSize(3).allMatch(vector -> vector.size() == 768);
        assertThat(both.path("embeddings")).allSatisfy(
            vector -> assertThat(squaredNorm(vector)).isCloseTo(1, within(1e-5)));
        assertThat(both.path("embeddings").path(1)).isEqualTo(single.path("embeddings").path(0));
        assertThat(both.path("prompt_eval_count").asInt()).isPositive();
    }

    @Test
    void embed_fewerDimensions_areCutAndNormalisedAgain() throws Exception {
        JsonNode answer = json(client().exchange(
            "/api/embed", "{'model':'nomic-embed-text','input':'one','dimensions':16}").body());

        assertThat(answer.path("embeddings").path(0)).hasSize(16);
        assertThat(squaredNorm(answer.path("embeddings").path(0))).isCloseTo(1, within(1e-5));
    }

    @Test
    void embed_emptyInput_givesNoVectors() throws Exception {
        JsonNode answer = json(client().exchange("/api/embed", "{'model':'nomic-embed-text','input':''}").body());

        assertThat(answer.path("embeddings").isArray()).isTrue();
        assertThat(answer.path("embeddings")).isEmpty();
    }

    @Test
    void embed_runnerFails_isABadRequest() throws Exception {
        simulator().faults().enqueue(Fault.errorAfterLines(0));

        assertThat(client().exchange("/api/embed", "{'model':'nomic-embed-text','input':'x'}").status()).isEqualTo(400);
    }

    @Test
    void embed_clientLeaves_isCancelled() throws Exception {
        simulator().faults().enqueue(new Fault.Stall(0));
        RawClient client = client().postJson("/api/embed", "{'model':'nomic-embed-text','input':'x'}");
        await(counters -> counters.generationsStarted() == 1);

        client.close();

        await(counters -> counters.disconnectsDuringGeneration() == 1);
    }

    @Test
    void embeddings_legacy_areNotNormalised() throws Exception {
        RawClient client = client();
        JsonNode answer = json(client.exchange("/api/embeddings", "{'model':'nomic-embed-text','prompt':'x'}").body());

        assertThat(answer.properties()).hasSize(1);
        assertThat(squaredNorm(answer.path("embedding"))).isGreaterThan(100);
        assertThat(json(client.exchange("/api/embeddings", "{'model':'nomic-embed-text'}").body()).path("embedding"))
            .isEmpty();
        simulator().faults().enqueue(Fault.errorAfterLines(0));
        assertThat(client.exchange("/api/embeddings", "{'model':'nomic-embed-text','prompt':'x'}").status())
            .isEqualTo(500);
    }

    @Test
    void openAi_base64_isTheSameVector() throws Exception {
        RawClient client = client();
        JsonNode floats = json(client.exchange(
            "/v1/embeddings", "{'model':'nomic-embed-text','input':['one']}").body());
        JsonNode packed = json(client.exchange(
            "/v1/embeddings", "{'model':'nomic-embed-text','input':'one','encoding_format':'BASE64'}").body());

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(
            packed.path("data").path(0).path("embedding").asText())).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode number : floats.path("data").path(0).path("embedding")) {
            assertThat(bytes.getFloat()).isEqualTo((float) number.asDouble());
        }
        assertThat(floats.path("usage").path("total_tokens").asInt()).isPositive();
        assertThat(floats.path("object").asText()).isEqualTo("list");
    }

    private static double squaredNorm(JsonNode vector) {
        double sum = 0;
        for (JsonNode number : vector) {
            sum += number.asDouble() * number.asDouble();
        }
        return sum;
    }
}
