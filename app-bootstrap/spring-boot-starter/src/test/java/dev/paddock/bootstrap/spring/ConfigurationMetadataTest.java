package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metadata that the build writes from {@code reference.conf}; editors read it. */
class ConfigurationMetadataTest {

    private final Config metadata = ConfigFactory.parseResources("META-INF/spring-configuration-metadata.json");

    @Test
    void properties_areTheKeysOfTheReference() {
        assertThat(properties()).extracting(property -> property.getString("name")).isEqualTo(ConfigurationLoader.keys());
    }

    @Test
    void property_describesItselfAsTheReferenceDoes() {
        Config reference = ConfigFactory.parseResources("reference.conf");

        assertThat(properties()).isNotEmpty().allSatisfy(property -> {
            String key = property.getString("name");
            String comments = String.join(" ", reference.root().toConfig().hasPath(key)
                    ? reference.getValue(key).origin().comments().stream().map(String::strip).toList()
                    : List.of(property.getString("description"))); // null is no path
            assertThat(property.getString("description")).isNotBlank().isEqualTo(comments);
        });
    }

    @Test
    void property_hasTypeAndDefault() {
        assertThat(property("paddock.timeouts.connect").getString("type")).isEqualTo("java.time.Duration");
        assertThat(property("paddock.timeouts.connect").getString("defaultValue")).isEqualTo("5s");
        assertThat(property("paddock.pool.hosts").getString("type")).isEqualTo("java.lang.Integer");
        assertThat(property("paddock.pool.hosts").hasPath("defaultValue")).isFalse();
        assertThat(property("paddock.retry.jitter").getString("type")).isEqualTo("java.lang.Double");
        assertThat(property("paddock.semantic-cache.enabled").getString("type")).isEqualTo("java.lang.Boolean");
        assertThat(property("paddock.backends").getString("type")).startsWith("java.util.List<");
    }

    @Test
    void hints_haveTheValuesOfEnumerations() {
        Config hint = metadata.getConfigList("hints").stream()
                .filter(one -> one.getString("name").equals("paddock.pool.when-full"))
                .findFirst()
                .orElseThrow();

        assertThat(hint.getConfigList("values")).extracting(value -> value.getString("value"))
                .containsExactly("fail", "overflow", "wait");
    }

    private List<? extends Config> properties() {
        return metadata.getConfigList("properties");
    }

    private Config property(String name) {
        return properties().stream().filter(one -> one.getString("name").equals(name)).findFirst().orElseThrow();
    }
}
