package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.answercache.AnswerCacheSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The keys of the cache and of single-flight. */
class ReuseSettingsTest {

    @Test
    void load_badSettings_areRefusedAllAtOnce() {
        Map<String, String> bad = new HashMap<>();
        bad.put("paddock.cache.max-bytes", "900 GiB");
        bad.put("paddock.cache.max-entry", "10 B");
        bad.put("paddock.cache.ttl.embeddings", "0s");
        bad.put("paddock.cache.ttl.deterministic", "25h");
        bad.put("paddock.cache.models.poll", "-1s");
        bad.put("paddock.cache.models.version", "hash");
        bad.put("paddock.cache.enabled", "maybe");
        bad.put("paddock.single-flight.buffer", "12");
        bad.put("paddock.single-flight.when-abandoned", "wait");
        bad.put("paddock.cache.similarity", "1.5");
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults().withOverrides("test", bad);

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader::load);

        assertThat(failure.problems()).extracting(ConfigurationProblem::key).containsExactlyInAnyOrderElementsOf(bad.keySet());
        assertThat(failure.getMessage()).contains("max-bytes is 900 GiB, more than half of the heap");
    }

    @Test
    void load_flagThatIsNeededIsNoFlag_isReportedOnce() {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withOverrides("test", Map.of("paddock.cache.enabled", "maybe", "paddock.semantic-cache.enabled", "true"));

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader::load);

        assertThat(failure.problems()).extracting(ConfigurationProblem::key).containsExactly("paddock.cache.enabled");
    }

    @Test
    void load_entryLargerThanTheMemory_isRefused() {
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults()
                .withOverrides("test", Map.of("paddock.cache.max-bytes", "128 KiB", "paddock.cache.max-entry", "256 KiB"));

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader::load);

        assertThat(failure.problems()).extracting(ConfigurationProblem::key).containsExactly("paddock.cache.max-entry");
    }

    @Test
    void load_smallMemory_bringsTheDefaultOfAnEntryAlong() {
        AnswerCacheSettings cache = ConfigurationLoader.ofDefaults()
                .withOverrides("test", Map.of("paddock.cache.enabled", "true", "paddock.cache.max-bytes", "128 KiB"))
                .load()
                .reuse()
                .cache();

        assertThat(cache).isNotNull();
        assertThat(cache.maxEntryBytes()).isEqualTo(128 * 1024);
    }
}
