package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.domain.sharedstate.StoreAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of shared state. */
class SharedStateSettingsTest {

    private static final String URL = "paddock.shared-state.url";

    @Test
    void load_urlAlone_hasTheDefaults() {
        SharedStateSettings settings = loader(Map.of(URL, "redis://cache")).load().shared();

        assertThat(settings.store()).isEqualTo(new StoreAddress("cache", 6379, 0, false, null, null, null));
        assertThat(settings.prefix()).isEqualTo("paddock:");
        assertThat(settings.timeout()).hasMillis(50);
        assertThat(settings.parts()).isEqualTo(new SharedStateSettings.Parts(true, true, false));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "redis://cache:1/2, cache, 1, 2, false, -, -",
        "REDISS://cache/, cache, 6379, 0, true, -, -",
        "redis://:p%40s+s@10.0.0.1, 10.0.0.1, 6379, 0, false, -, p@s+s",
        "redis://user:a:b@[::1]:7/15, ::1, 7, 15, false, user, a:b",
    })
    void load_url_isTakenApart(String url, String host, int port, int database, boolean tls, String user, String password) {
        assertThat(loader(Map.of(URL, url)).load().shared().store())
                .isEqualTo(new StoreAddress(host, port, database, tls, null, user, password));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "cache:6379", "http://cache", "redis://", "redis:///0", "redis://cache:0", "redis://cache:65536", "redis://cache/x",
        "redis://cache/1?timeout=1", "redis://user@cache", "redis://user:se%zzcret@cache", "redis://a_b:secret@cache#x", "redis-socket://x"
    })
    void load_urlThatIsNone_isRefusedWithoutShowingIt(String url) {
        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader(Map.of(URL, url))::load);

        assertThat(failure.problems()).extracting(ConfigurationProblem::key).containsExactly(URL);
        assertThat(failure.getMessage()).contains("is not usable").doesNotContain("secret", "cret");
    }

    @Test
    void load_badSettings_areRefusedAllAtOnce() {
        Map<String, String> bad = new HashMap<>();
        bad.put("paddock.shared-state.url", "x");
        bad.put("paddock.shared-state.authorities", "/no/such/file");
        bad.put("paddock.shared-state.prefix", "two words");
        bad.put("paddock.shared-state.timeout", "50");
        bad.put("paddock.shared-state.max-entry", "1 B");
        bad.put("paddock.shared-state.answers", "maybe");
        bad.put("paddock.shared-state.limits", "perhaps");
        bad.put("paddock.shared-state.lease", "true");
        bad.put("paddock.shared-state.leases", "true"); // without a cache

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader(bad)::load);

        assertThat(failure.problems()).extracting(ConfigurationProblem::key).containsExactlyInAnyOrderElementsOf(bad.keySet());
    }

    @Test
    void load_userWithoutPassword_isRefused() {
        Map<String, String> bad = Map.of(URL, "redis://cache", "paddock.shared-state.user", "u");

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader(bad)::load);

        assertThat(failure.problems()).extracting(ConfigurationProblem::key).containsExactly("paddock.shared-state.user");
    }

    @Test
    void text_ofSettings_hasNoSecrets() {
        assertThat(loader(Map.of(URL, "redis://name:secret@cache")).load().toString()).contains("redis://cache:6379/0").doesNotContain("secret");
    }

    @Test
    void start_withoutTheModule_saysWhatIsMissing() {
        ConfigurationException failure =
                catchThrowableOfType(ConfigurationException.class, () -> Paddock.start(loader(Map.of(URL, "redis://cache"))));

        assertThat(failure.getMessage()).contains("paddock.shared-state.url", "add the module paddock-shared-state to the class path");
    }

    private static ConfigurationLoader loader(Map<String, String> values) {
        return ConfigurationLoader.ofDefaults().withOverrides("test", values);
    }
}
