package dev.paddock.adapters.http.sim.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.sim.settings.SimulatedModelName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFormatTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z", "2026-01-02T03:04:05.100Z,2026-01-02T03:04:05.1Z",
        "2026-01-02T03:04:05.000000010Z,2026-01-02T03:04:05.00000001Z", "2026-01-02T03:04:00Z,2026-01-02T03:04:00Z"})
    void time_trailingZeros_areDropped(String time, String expected) {
        assertThat(GoFormat.time(Instant.parse(time), ZoneOffset.UTC)).isEqualTo(expected);
    }

    @Test
    void time_withAnOffset_showsIt() {
        assertThat(GoFormat.time(Instant.parse("2026-01-02T03:04:05.5Z"), ZoneOffset.ofHours(-8)))
            .isEqualTo("2026-01-01T19:04:05.5-08:00");
    }

    @ParameterizedTest
    @CsvSource({"5m,PT5M", "1h30m,PT1H30M", "300ms,PT0.3S", "-1s,PT-1S", "0,PT0S", "1.5s,PT1.5S", "+2s,PT2S"})
    void duration_inGoForm_isRead(String text, Duration expected) {
        assertThat(GoFormat.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.0004125752,0.0004125752", "1,1", "-0.5,-0.5", "0.0000001,1e-7", "0,0"})
    void number_single_isPlainUnlessTiny(float value, String expected) {
        assertThat(GoFormat.number(value).rawValue()).hasToString(expected);
    }

    @Test
    void string_withSpecialCharacters_isEscapedAsGoDoes() {
        String text = "a<b>&\u2028\u2029\u0085\u001f\n\"\\\u007f\ud800";
        byte[] bytes = GoJson.bytes(GoJson.text(GoJson.object().put("k", text)));

        assertThat(new String(bytes, StandardCharsets.UTF_8))
            .isEqualTo("{\"k\":\"a\\u003cb\\u003e\\u0026\\u2028\\u2029\u0085\\u001f\\n\\\"\\\\\u007f\ufffd\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "llama3,registry.ollama.ai/library/llama3:latest,llama3:latest", "me/m:7b,registry.ollama.ai/me/m:7b,me/m:7b",
        "localhost:5000/a/b,localhost:5000/a/b:latest,localhost:5000/a/b:latest"})
    void modelName_defaults_areFilledIn(String text, String full, String brief) {
        assertThat(SimulatedModelName.parse(text).full()).isEqualTo(full);
        assertThat(SimulatedModelName.parse(text).brief()).isEqualTo(brief);
    }

    @ParameterizedTest
    @CsvSource({"''", "a b", "../x", "a/b/c/d", "x:", "-x"})
    void modelName_badlyFormed_isNotValid(String text) {
        assertThat(SimulatedModelName.parse(text).isValid()).isFalse();
    }
}
