package dev.paddock.adapters.http.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.testsupport.RawClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ErrorTableTest extends SimulatorTest {
    @ParameterizedTest
    @CsvFileSource(resources = "native-errors.txt", delimiter = '|', quoteCharacter = '~')
    void native_refused_hasTheStatusAndText(String path, String body, int status, String text) throws Exception {
        RawClient.Response response = client().exchange(path, body == null ? "" : body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(json(response.body()).properties()).hasSize(1);
        assertThat(json(response.body()).path("error").asText()).isEqualTo(text);
        assertThat(response.head().header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(response.body()).doesNotEndWith("\n");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "openai-errors.txt", delimiter = '|', quoteCharacter = '~')
    void openAi_refused_hasItsShape(
            String path, String body, int status, String type, String text) throws Exception {
        RawClient.Response response = client().exchange(path, body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(json(response.body())).isEqualTo(json(
            "{\"error\":{\"message\":" + GoJson.MAPPER.writeValueAsString(text) + ",\"type\":\"" + type
                + "\",\"param\":null,\"code\":null}}"));
    }

    @ParameterizedTest
    @CsvFileSource(resources = "anthropic-errors.txt", delimiter = '|', quoteCharacter = '~')
    void anthropic_refused_hasItsShape(String body, int status, String type, String text) throws Exception {
        RawClient.Response response = client().exchange("/v1/messages", body);

        assertThat(response.status()).isEqualTo(status);
        assertThat(json(response.body()).path("type").asText()).isEqualTo("error");
        assertThat(json(response.body()).path("error").path("type").asText()).isEqualTo(type);
        assertThat(json(response.body()).path("error").path("message").asText()).isEqualTo(text);
        assertThat(json(response.body()).path("request_id").asText()).matches("req_[0-9a-f]{24}");
    }
}
