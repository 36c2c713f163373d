package dev.paddock.bootstrap.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defaults of client and gateway, read line by line, are those that HOCON's own parser reads. */
class ReferenceTest {

    private final Reference reference = Reference.ofClassPath();

    @Test
    void keysAndDefaults_areThoseOfTheParser() {
        Config parsed = Reference.parsed();
        HoconLayer expected = new HoconLayer(parsed);

        assertThat(reference.defaults()).isInstanceOf(FlatLayer.class); // else the parser was needed
        assertThat(reference.keys()).isEqualTo(UnknownKeyCheck.keys(parsed)).contains("paddock.gateway.port", "paddock.pool.hosts");
        assertThat(reference.keys()).allSatisfy(key -> {
            ConfiguredValue value = reference.defaults().find(key);
            ConfiguredValue parsedValue = expected.find(key);
            assertThat(value == null ? null : value.text()).isEqualTo(parsedValue == null ? null : parsedValue.text());
        });
        assertThat(reference.defaults().texts("paddock.proxy.no-proxy", (key, message, origin) -> {}))
                .isEqualTo(expected.texts("paddock.proxy.no-proxy", (key, message, origin) -> {}));
    }

    @Test
    void addSimpleLines_groupsTextsAndNull_areRead() {
        Set<String> keys = new TreeSet<>();
        Map<String, String> values = new HashMap<>();

        assertThat(Reference.addSimpleLines(
                        "# a\npaddock {\n\n  a = \"x = {\"\n  b-c {\n    d = 64 MiB\n    e = null\n  }\n}\n", keys, values))
                .isTrue();

        assertThat(keys).containsExactly("paddock.a", "paddock.b-c.d", "paddock.b-c.e");
        assertThat(values).isEqualTo(Map.of("paddock.a", "x = {", "paddock.b-c.d", "64 MiB"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a = ${b}", "a = [x]", "a = x # comment", "a = \"x\\n\"", "a = \"x\" \"y\"", "a: x", "a += x", "a = {", "include \"x\"", "a = x\n  a = y",
        "a = \"\"\"x\"\"\"", "}", "{", "a"
    })
    void addSimpleLines_more_isLeftToTheParser(String line) {
        assertThat(Reference.addSimpleLines("paddock {\n  " + line + "\n}\n", new TreeSet<>(), new HashMap<>())).isFalse();
    }
}
