package dev.paddock.domain.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"llama3.2:1b", "library/llama3:latest", "модель", "hf.co/someone/Model-GGUF:Q4_K_M", "a"})
    void new_nameAsPeopleWriteThem_isKept(String name) {
        assertThat(new ModelName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a b", " a", "a\n", "a\u0000", "a\u007f", "a\u001b[0m"})
    void new_emptyOrWithInvisibleCharacters_isRefused(String name) {
        assertThatThrownBy(() -> new ModelName(name)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00a0b", "a\u2028b", "a\u0085b", "a\u3000b"})
    void new_whiteSpaceBeyondAscii_isRefused(String name) {
        assertThatThrownBy(() -> new ModelName(name)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void new_lengthAtAndBeyondTheLimit_isKeptAndRefused() {
        assertThat(new ModelName("m".repeat(512)).value()).hasSize(512);
        assertThatThrownBy(() -> new ModelName("m".repeat(513)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("512");
    }
}
