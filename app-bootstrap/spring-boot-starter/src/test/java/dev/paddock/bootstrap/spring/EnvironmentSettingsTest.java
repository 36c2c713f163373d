package dev.paddock.bootstrap.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.config.ApiKey;
import dev.paddock.bootstrap.config.BackendSettings;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.ConfigurationProblem;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.pool.PoolLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentSettingsTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    @ParameterizedTest
    @ValueSource(strings = {
        "paddock.pool.connections-per-host", "paddock.pool.connectionsPerHost", "paddock.pool.connections_per_host",
        "PADDOCK.POOL.CONNECTIONSPERHOST"
    })
    void load_relaxedName_isRead(String name) {
        set("test", Map.of(name, 7));

        assertThat(limits().connectionsPerHost()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PADDOCK_POOL_CONNECTIONSPERHOST", "PADDOCK_POOL_CONNECTIONS_PER_HOST"})
    void load_environmentVariable_isRead(String name) {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(name, "7", "PADDOCK_HOME", "/opt")));

        assertThat(limits().connectionsPerHost()).isEqualTo(7);
    }

    @Test
    void load_listInEnvironmentVariables_isRead() {
        environment.getPropertySources().addFirst(new SystemEnvironmentPropertySource(
                "test-systemEnvironment", Map.of("PADDOCK_BACKENDS_0", "a=http://a", "PADDOCK_BACKENDS_1", "b=http://b", "PADDOCK_HOMES_0", "/opt")));

        assertThat(load().backends().list()).extracting(backend -> backend.id().value()).containsExactly("a", "b");
    }

    @Test
    void load_timesSizesAndFlags_areRead() {
        set("test", Map.of(
                "paddock.timeouts.connect", Duration.ofMillis(1500),
                "paddock.timeouts.head", "PT40S",
                "paddock.timeouts.tls", "2s",
                "paddock.responses.longest-frame", "2 MiB",
                "paddock.metrics.jmx", true));

        PaddockSettings settings = load();
        assertThat(settings.connections().timing().connectTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.connections().timing().tlsTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.calls().limits().phases().head()).isEqualTo(Duration.ofSeconds(40));
        assertThat(settings.calls().longestFrame()).isEqualTo(2 << 20);
        assertThat(settings.metrics().jmx()).isTrue();
    }

    @Test
    void load_placeholder_isReplaced() {
        set("test", Map.of("model.host", "gpu", "paddock.base-url", "http://${model.host}:${model.port:11434}"));

        assertThat(load().server().baseUrl()).hasToString("http://gpu:11434");
    }

    @Test
    void load_emptyValue_isNotSet() {
        set("weak", Map.of("paddock.api-key", "secret"));
        set("strong", Map.of("paddock.api-key", "${absent.key:}"));

        assertThat(load().server().apiKey()).isNull();
    }

    @Test
    void load_severalSources_firstWins() {
        set("weak", Map.of("paddock.pool.connectionsPerHost", 3, "paddock.pool.hosts", 4));
        set("strong", Map.of("paddock.pool.connections-per-host", 5));

        assertThat(limits().connectionsPerHost()).isEqualTo(5);
        assertThat(limits().hosts()).isEqualTo(4);
    }

    @Test
    void load_listOfObjects_isRead() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("paddock.backends[0].id", "gpu");
        values.put("paddock.backends[0].baseUrl", "http://gpu:11434");
        values.put("paddock.backends[0].api-key", "key");
        values.put("paddock.backends[0].labels[0]", "fast");
        values.put("paddock.backends[0].labels[1]", "large");
        values.put("paddock.backends[1]", "cpu=http://cpu:11434");
        set("test", values);

        List<BackendSettings> backends = load().backends().list();
        assertThat(backends).extracting(backend -> backend.id().value()).containsExactly("gpu", "cpu");
        assertThat(backends.getFirst().server().apiKey()).isEqualTo(new ApiKey("key"));
        assertThat(backends.getFirst().labels()).containsExactlyInAnyOrder("fast", "large");
    }

    @Test
    void load_moreThanTenElements_keepTheirOrder() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int index = 11; index >= 0; index--) {
            values.put("paddock.backends[" + index + "]", "s" + index + "=http://s" + index);
        }
        set("test", values);

        assertThat(load().backends().list()).extracting(backend -> backend.id().value())
                .containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void load_listInTwoSources_isNotMixed(Map<String, Object> strong) {
        set("weak", Map.of("paddock.backends[0]", "a=http://a", "paddock.backends[1]", "b=http://b", "paddock.backends[2]", "c=http://c"));
        set("strong", strong);

        assertThat(load().backends().list()).extracting(backend -> backend.id().value()).containsExactly("x");
    }

    static List<Map<String, Object>> lists() {
        return List.of(
                Map.of("paddock.backends", "x=http://x"),
                Map.of("paddock.backends", List.of("x=http://x")),
                Map.of("paddock.backends[0]", "x=http://x"),
                Map.of("paddock.backends[0].base-url", "http://x", "paddock.backends[0].id", "x"));
    }

    @Test
    void load_textBehindList_isNotUsed() {
        set("weak", Map.of("paddock.backends", "a=http://a,b=http://b"));
        set("strong", Map.of("paddock.backends[0]", "x=http://x"));

        assertThat(load().backends().list()).extracting(backend -> backend.id().value()).containsExactly("x");
    }

    @Test
    void load_unknownName_isReportedWithSuggestion() {
        set("test", Map.of("paddock.pool.conectionsPerHost", 7, "paddock.backends[0].base-url", "http://a", "paddock.backends[0].wieght", 2));

        assertThat(problems()).extracting(ConfigurationProblem::toString).containsExactlyInAnyOrder(
                "paddock.pool.conections-per-host is not a key of Paddock; did you mean paddock.pool.connections-per-host? "
                        + "[\"paddock.pool.conectionsPerHost\" from property source \"test\"]",
                "paddock.backends[0].wieght is not a key of Paddock; did you mean weight? "
                        + "[\"paddock.backends[0].wieght\" from property source \"test\"]");
    }

    /** Keys whose values may be any text. */
    private static final List<String> TEXTS = List.of(
            "paddock.api-key",
            "paddock.documents.embedding-model",
            "paddock.documents.folder",
            "paddock.documents.index",
            "paddock.documents.passage-prefix",
            "paddock.documents.query-prefix",
            "paddock.semantic-cache.embedding-model",
            "paddock.shared-state.user",
            "paddock.shared-state.password",
            "paddock.shared-state.prefix");

    static List<String> keys() {
        return ConfigurationLoader.keys().stream().filter(key -> !TEXTS.contains(key)).toList();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void load_wrongValue_isReportedWithKeyAndSource(String key) {
        set("test source", Map.of(key, "?"));

        assertThat(problems()).as(key).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.key()).startsWith(key);
            assertThat(problem.origin()).contains("test source");
        });
    }

    private void set(String source, Map<String, Object> values) {
        environment.getPropertySources().addFirst(new MapPropertySource(source, values));
    }

    private PoolLimits limits() {
        return load().connections().pool();
    }

    private PaddockSettings load() {
        return EnvironmentSettings.addTo(ConfigurationLoader.ofDefaults(), environment)
                .withTransports(Set.of("apache5"))
                .load();
    }

    private List<ConfigurationProblem> problems() {
        List<ConfigurationProblem> problems = new ArrayList<>();
        assertThatThrownBy(this::load).isInstanceOfSatisfying(ConfigurationException.class, failure -> problems.addAll(failure.problems()));
        return problems;
    }
}
