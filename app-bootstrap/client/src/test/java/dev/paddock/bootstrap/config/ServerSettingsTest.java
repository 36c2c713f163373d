package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.BaseUrl;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "openai, http://gpu:8000/v1,        http://gpu:8000",
        "openai, http://gpu:8000/v1/,       http://gpu:8000",
        "openai, http://gpu:8000/openai/v1, http://gpu:8000/openai",
        "openai, http://gpu:8000,           http://gpu:8000",
        "openai, http://gpu:8000/v11,       http://gpu:8000/v11",
        "openai, http://gpu:8000/v1/v1,     http://gpu:8000/v1",
        "ollama, http://gpu:8000/v1,        http://gpu:8000/v1",
    })
    void baseUrl_withTheVersionOfOpenAi_isThatOfTheServer(String dialect, String url, String expected) {
        Map<String, String> values = Map.of("paddock.base-url", url, "paddock.dialect", dialect);

        ServerSettings server = ConfigurationLoader.ofDefaults().withOverrides("test", values).load().server();

        assertThat(server.baseUrl()).isEqualTo(BaseUrl.parse(expected));
        assertThat(new ServerSettings(BaseUrl.parse(url), null, DialectName.OLLAMA).withDialect(server.dialect())).isEqualTo(server);
    }
}
