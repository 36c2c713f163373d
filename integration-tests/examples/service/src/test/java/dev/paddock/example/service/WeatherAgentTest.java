package dev.paddock.example.service;

import static dev.paddock.test.CallMatcher.offersTool;
import static dev.paddock.test.CallMatcher.textContains;
import static dev.paddock.test.CallMatcher.toolResult;
import static dev.paddock.test.StubAnswer.toolCall;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.test.FakeLlmPort;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeatherAgentTest {

    @Test
    void answer_modelAsksForTheWeather_getsIt() {
        FakeLlmPort models = new FakeLlmPort();
        models.when(offersTool("weather"), textContains("Rome")).answer(toolCall("weather", Map.of("city", "Rome")));
        models.when(toolResult("weather"), textContains("sunny")).answer("Take sunglasses.");

        assertThat(new WeatherAgent(models, city -> city + ": sunny").answer("How is Rome?")).isEqualTo("Take sunglasses.");
        models.verifyInOrder(textContains("How is Rome?"), textContains("Rome: sunny"));
    }
}
