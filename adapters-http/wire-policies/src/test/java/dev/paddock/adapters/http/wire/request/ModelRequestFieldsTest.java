package dev.paddock.adapters.http.wire.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRequestFieldsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"model\":\"llama3.2\"} | llama3.2",
        "{ \"prompt\" : \"{\\\"model\\\":\\\"no\\\"}\" , \"model\" : \"hf.co/user/repo:Q4_K_M\" } trailing | hf.co/user/repo:Q4_K_M",
        "{\"options\":{\"model\":\"inner\"},\"model\":\"outer\"} | outer",
        "{\"Model\":\"a\"} | a",
        "{\"model\":\"a\",\"model\":\"b\"} | b",
        "{\"mod\\u0065l\":\"escaped\"} | escaped",
    })
    void of_namedModel_isFound(String body, String model) {
        assertThat(of(body)).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "[]",
        "{\"model\":\"a\",\"seed\":NaN}",
        "model=a",
        "{\"model\":5}",
        "{\"model\":null}",
        "{\"model\":\"\"}",
        "{\"model\":\"../../x\"}",
        "{\"model\":\"a/../b\"}",
        "{\"model\":\"http://x/..\"}",
        "{\"model\":\"a\\r\\nSet-Cookie: b\"}",
        "{\"model\":\"\\u001b[31m\"}",
        "{\"model\":\"ll\\u0430ma\"}",
        "{\"model\":\"a b\"}",
        "{\"model\":\"unfinished",
        "{\"model\":\"a\",\"model\":{}}",
    })
    void of_noPlausibleModel_isNull(String body) {
        assertThat(of(body)).isNull();
    }

    @Test
    void of_spaceBeforeTheObject_isPassedOver() {
        assertThat(of(" \r\n\t{\"model\":\"a\"}")).isEqualTo("a");
    }

    @Test
    void of_longName_isNull() {
        assertThat(of("{\"model\":\"" + "a".repeat(10_000) + "\"}")).isNull();
    }

    @Test
    void of_deepBody_isNull() {
        assertThat(of("{\"x\":" + "[".repeat(100_000))).isNull();
    }

    @Test
    void of_nameBehindALongPrompt_isFound() {
        assertThat(of("{\"prompt\":\"" + "x".repeat(400_000) + "\",\"model\":\"a\"}")).isEqualTo("a");
    }

    @Test
    void of_longText_isNone() {
        assertThat(of("{\"model\":\"" + "m".repeat(5_000_000) + "\"}")).isNull();
    }

    @Test
    void of_nameAfterALongText_isFound() {
        assertThat(of("{\"prompt\":\"" + "p".repeat(5_000_000) + "\",\"model\":\"m\"}")).isEqualTo("m");
    }

    private static String of(String body) {
        return ModelRequestFields.of(RequestBody.of(body.getBytes(UTF_8))).model();
    }
}
