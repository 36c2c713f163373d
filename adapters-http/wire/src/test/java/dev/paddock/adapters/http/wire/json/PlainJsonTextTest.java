package dev.paddock.adapters.http.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTextTest {

    @Test
    void toText_nestedValues_areOneLineInOrder() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a\n\"ü\"");
        value.put("list", Arrays.asList(1, 2.5, true, null));

        assertThat(PlainJson.toText(value)).isEqualTo("{\"text\":\"a\\n\\\"ü\\\"\",\"list\":[1,2.5,true,null]}");
    }

    @Test
    void fromText_whatToTextWrote_isTheSame() {
        Map<String, Object> value = Map.of("list", List.of(1, "two", Map.of()));

        assertThat(PlainJson.fromText(PlainJson.toText(value))).isEqualTo(value);
    }

    @Test
    void fromText_scalars_areValues() {
        assertThat(PlainJson.fromText(" 12 ")).isEqualTo(12);
        assertThat(PlainJson.fromText("\"x\"")).isEqualTo("x");
        assertThat(PlainJson.fromText("null")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "word", "1 2", "{", "[1,]", "{\"a\":1}}", "'x'"})
    void fromText_notExactlyOneValue_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlainJson.fromText(text));
    }
}
