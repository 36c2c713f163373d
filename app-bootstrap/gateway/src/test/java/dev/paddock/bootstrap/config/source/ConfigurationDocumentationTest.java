package dev.paddock.bootstrap.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.paddock.bootstrap.config.value.ValueParsers;
import dev.paddock.domain.pool.PoolProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "..", "docs", "configuration.md");

    private static final ConfigObject REFERENCE = ConfigFactory.parseResources("reference.conf").root();

    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        collect("paddock.", (ConfigObject) REFERENCE.get("paddock"), keys);
        assertThat(keys).contains("paddock.base-url", "paddock.gateway.port").hasSizeGreaterThan(50);
        return keys;
    }

    @ParameterizedTest
    @MethodSource("keys")
    void reference_everyKey_isExplainedWithItsVariables(String key) {
        String comment = String.join("\n", valueOf(key).origin().comments());

        assertThat(comment).hasSizeGreaterThan(20);
        assertThat(EnvironmentVariable.values())
                .filteredOn(variable -> variable.key().equals(key))
                .allSatisfy(variable -> assertThat(comment).contains(variable.name()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void document_everyKey_isInTheTableWithItsVariablesAndItsDefault(String key) throws IOException {
        String row = row("| `" + key + "` |");

        assertThat(EnvironmentVariable.values())
                .filteredOn(variable -> variable.key().equals(key))
                .allSatisfy(variable -> assertThat(row).contains("`" + variable.name() + "`"));
        Object byDefault = valueOf(key).unwrapped();
        if (byDefault != null) {
            assertThat(row).containsPattern("\\| `?" + byDefault + "`? \\|");
        }
    }

    @ParameterizedTest
    @EnumSource(PoolProfile.class)
    void document_everyProfile_isInTheTable(PoolProfile profile) throws IOException {
        assertThat(row("| `" + profile.label() + "` |"))
                .isEqualTo("| `%s` | %d | %d | `%s` |"
                        .formatted(
                                profile.label(),
                                profile.limits().hosts(),
                                profile.limits().connectionsPerHost(),
                                ValueParsers.label(profile.limits().whenFull())));
    }

    @Test
    void document_namesOfFiles_areExplained() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(ApplicationFile.PROPERTY, ApplicationFile.VARIABLE);
    }

    private ConfigValue valueOf(String key) {
        ConfigValue value = REFERENCE;
        for (String name : ConfigUtil.splitPath(key)) {
            value = ((ConfigObject) value).get(name);
        }
        return value;
    }

    private static String row(String beginning) throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith(beginning))
                .toList();
        assertThat(rows).as("rows beginning with " + beginning).hasSize(1);
        return rows.getFirst();
    }

    private static void collect(String prefix, ConfigObject group, List<String> keys) {
        for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
            if (entry.getValue() instanceof ConfigObject nested) {
                collect(prefix + entry.getKey() + ".", nested, keys);
            } else {
                keys.add(prefix + entry.getKey());
            }
        }
    }
}
