package dev.paddock.bootstrap.cli.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationOptionsTest {

    @Test
    void optionValue_json_hasItsType() {
        assertThat(GenerationOptions.optionValue("temperature", "0.5")).isEqualTo(0.5);
        assertThat(GenerationOptions.optionValue("seed", "42")).isEqualTo(42);
        assertThat(GenerationOptions.optionValue("penalize_newline", "true")).isEqualTo(true);
        assertThat(GenerationOptions.optionValue("stop", "[\"a\",\"b\"]")).isEqualTo(List.of("a", "b"));
        assertThat(GenerationOptions.optionValue("name", "plain text")).isEqualTo("plain text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[1", "{\"a\"", "\"open"})
    void optionValue_brokenOrMissing_isWrongUsage(String text) {
        assertThatThrownBy(() -> GenerationOptions.optionValue("stop", text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("stop");
    }
}
