package dev.paddock.adapters.http.wire.routing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.routing.RoutingSettings.Affinity;
import dev.paddock.domain.routing.RunnerOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRequestTraitsTest {

    private final JsonRequestTraits traits = new JsonRequestTraits();

    @Test
    void options_ofANativeRequest_areThoseThatMakeTheServerLoadAgain() {
        assertThat(traits.options(chat("""
                {"model": "m", "options": {"num_ctx": 8192, "temperature": 0, "num_gpu": 1, "stop": ["x"]}, "shift": false}""")))
                .isEqualTo(new RunnerOptions(8192, Map.of("num_gpu", "1", "shift", "false")));
        assertThat(traits.options(chat("{\"options\": {\"num_ctx\": null, \"seed\": 1}}"))).isEqualTo(RunnerOptions.ANY);
        assertThat(traits.options(chat("{\"messages\": [{\"options\": {\"num_ctx\": 1}}]}"))).isEqualTo(RunnerOptions.ANY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "nonsense", "{\"options\": 1}", "{\"options\": {\"num_ctx\": \"big\"", "{\"options\": {\"num_ctx\": {}}}"})
    void options_ofABrokenRequest_areAny(String body) {
        assertThat(traits.options(chat(body))).isEqualTo(RunnerOptions.ANY);
    }

    @Test
    void options_ofAnotherApi_areAny() {
        ExchangeRequest request =
                ExchangeRequest.post(Operation.CHAT, "/v1/chat/completions", "{\"options\": {\"num_ctx\": 1}}".getBytes(UTF_8));

        assertThat(traits.options(request)).isEqualTo(RunnerOptions.ANY);
    }

    @Test
    void affinity_bySession_isThatOfTheHeader() {
        ExchangeRequest first = chat("{}").withHeaders(Headers.of(JsonRequestTraits.SESSION, "a"));

        assertThat(traits.affinity(first, Affinity.SESSION)).isEqualTo(traits.affinity(first, Affinity.PREFIX)).isNotNull();
        assertThat(traits.affinity(chat("{}").withHeaders(Headers.of(JsonRequestTraits.SESSION, "b")), Affinity.SESSION))
                .isNotEqualTo(traits.affinity(first, Affinity.SESSION));
        assertThat(traits.affinity(first, Affinity.NONE)).isNull();
        assertThat(traits.affinity(chat("{}"), Affinity.SESSION)).isNull();
    }

    @Test
    void affinity_byPrefix_isThatOfTheFirstTurn() {
        String system = "{\"role\": \"system\", \"content\": \"Be kind.\"}";
        String question = "{\"role\": \"user\", \"content\": \"Hello\"}";
        String later = "{\"role\": \"assistant\", \"content\": \"Hi\"}, {\"role\": \"user\", \"content\": \"Bye\"}";

        Long first = traits.affinity(chat("{\"messages\": [" + system + "," + question + "]}"), Affinity.PREFIX);

        assertThat(first).isNotNull();
        assertThat(traits.affinity(chat("{\"stream\": false, \"messages\": [" + system + "," + question + "," + later + "]}"), Affinity.PREFIX))
                .isEqualTo(first);
        assertThat(traits.affinity(chat("{\"messages\": [" + question + "]}"), Affinity.PREFIX)).isNotEqualTo(first);
        assertThat(traits.affinity(chat("{\"messages\": [" + system + "," + question.replace("Hello", "Hullo") + "]}"), Affinity.PREFIX))
                .isNotEqualTo(first);
        assertThat(traits.affinity(chat("{}"), Affinity.PREFIX)).isNull();
        assertThat(traits.affinity(chat("{\"messages\": ["), Affinity.PREFIX)).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"model\": \"a\", \"x\": 1}          | {\"model\": \"b\\\"c\", \"x\": 1}",
        "{ \"x\" : \"ä\", \"model\":\"a\\u0062\" } | { \"x\" : \"ä\", \"model\":\"b\\\"c\" }",
        "{\"model\": \"a\", \"Model\": \"z\"}    | {\"model\": \"b\\\"c\", \"Model\": \"b\\\"c\"}",
        "{\"o\": {\"model\": \"a\"}, \"model\": \"a\"}   | {\"o\": {\"model\": \"a\"}, \"model\": \"b\\\"c\"}",
    })
    void withModel_ofABodyWithAModel_replacesOnlyTheName(String body, String expected) {
        ExchangeRequest renamed = traits.withModel(chat(body).withModel("a"), "b\"c");

        assertThat(new String(renamed.body().bytes(), UTF_8)).isEqualTo(expected);
        assertThat(renamed.model()).isEqualTo("b\"c");
    }

    @Test
    void withModel_ofABodyThatIsNotUtf8_replacesOnlyTheName() {
        byte[] body = "{\"prompt\":\"?\",\"model\":\"smart\"}".getBytes(UTF_8);
        body[11] = (byte) 0xff;
        ExchangeRequest request = ExchangeRequest.post(Operation.CHAT, "/api/chat", body).withModel("smart");

        assertThat(new String(traits.withModel(request, "m").body().bytes(), UTF_8)).isEqualTo("{\"prompt\":\"\ufffd\",\"model\":\"m\"}");
        byte[] wide = "{\"model\":\"smart\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        ExchangeRequest other = ExchangeRequest.post(Operation.CHAT, "/api/chat", wide).withModel("smart");
        assertThat(traits.withModel(other, "m")).isSameAs(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"model\": 1}", "{\"model\": "})
    void withModel_ofABodyWithoutAModel_changesNothing(String body) {
        ExchangeRequest request = chat(body).withModel("a");

        assertThat(traits.withModel(request, "b")).isSameAs(request);
    }

    @Test
    void timings_ofALastFrame_areItsDurations() {
        Frame last = Frame.terminal(
                "{\"done\":true,\"total_duration\":9,\"load_duration\":1,\"prompt_eval_duration\":2,\"eval_duration\":3}".getBytes(UTF_8));

        assertThat(traits.timings(last))
                .isEqualTo(new Timings(Duration.ofNanos(9), Duration.ofNanos(1), Duration.ofNanos(2), Duration.ofNanos(3)));
        assertThat(traits.timings(Frame.terminal("data: [DONE]".getBytes(UTF_8)))).isEqualTo(Timings.UNKNOWN);
        assertThat(traits.timings(Frame.terminal("{\"total_duration\":-1}".getBytes(UTF_8)))).isEqualTo(Timings.UNKNOWN);
        assertThat(traits.timings(Frame.terminal(new byte[0]))).isEqualTo(Timings.UNKNOWN);
    }

    private static ExchangeRequest chat(String body) {
        return ExchangeRequest.post(Operation.CHAT, "/api/chat", body.getBytes(UTF_8));
    }
}
