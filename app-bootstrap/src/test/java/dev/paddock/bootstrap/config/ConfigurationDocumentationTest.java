package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.paddock.domain.pool.PoolProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");

    private final Config reference = ConfigFactory.parseResources("reference.conf");

    @Test
    void reference_itsKeys_areTheKeysThatAreRead() {
        List<String> keys = new ArrayList<>();
        collect("", reference.root(), keys);

        assertThat(keys)
                .filteredOn(key -> key.startsWith("paddock."))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SettingKey.values()).map(SettingKey::path).toList());
    }

    @ParameterizedTest
    @EnumSource(SettingKey.class)
    void reference_everyKey_isExplainedWithItsVariables(SettingKey key) {
        String comment = String.join("\n", valueOf(key).origin().comments());

        assertThat(comment).hasSizeGreaterThan(20);
        assertThat(EnvironmentVariable.values())
                .filteredOn(variable -> variable.key() == key)
                .allSatisfy(variable -> assertThat(comment).contains(variable.name()));
    }

    @ParameterizedTest
    @EnumSource(SettingKey.class)
    void document_everyKey_isInTheTableWithItsVariablesAndItsDefault(SettingKey key) throws IOException {
        String row = row("| `" + key.path() + "` |");

        assertThat(EnvironmentVariable.values())
                .filteredOn(variable -> variable.key() == key)
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

    private ConfigValue valueOf(SettingKey key) {
        ConfigValue value = reference.root();
        for (String name : ConfigUtil.splitPath(key.path())) {
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
