package dev.paddock.bootstrap.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.generation.Thinking;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionConvertersTest {

    @ParameterizedTest
    @CsvSource({
        "500ms,500", "30s,30000", "1.5s,1500", "2m,120000", "1h,3600000", "PT30S,30000", "0,0", "0s,0", "1D,86400000"
    })
    void duration_asPeopleWriteIt_isRead(String text, long millis) {
        assertThat(OptionConverters.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "-1s", "PT-5S", "s", "1 s", "1w", "ten seconds", "99999999999s"})
    void duration_somethingElse_isRefused(String text) {
        assertThatThrownBy(() -> OptionConverters.duration(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void keepAlive_wordsAndNumbers_areRead() {
        assertThat(OptionConverters.keepAlive("forever")).isEqualTo(KeepAlive.forever());
        assertThat(OptionConverters.keepAlive("-1")).isEqualTo(KeepAlive.forever());
        assertThat(OptionConverters.keepAlive("0")).isEqualTo(KeepAlive.of(Duration.ZERO));
        assertThat(OptionConverters.keepAlive("5m")).isEqualTo(KeepAlive.of(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({"off,OFF", "false,OFF", "on,ON", "TRUE,ON", "low,LOW", "medium,MEDIUM", "high,HIGH", "max,MAX"})
    void thinking_levels_areRead(String text, Thinking expected) {
        assertThat(OptionConverters.thinking(text)).isEqualTo(expected);
    }

    @Test
    void thinking_somethingElse_isRefused() {
        assertThatThrownBy(() -> OptionConverters.thinking("much")).hasMessageContaining("off, on, low");
    }
}
