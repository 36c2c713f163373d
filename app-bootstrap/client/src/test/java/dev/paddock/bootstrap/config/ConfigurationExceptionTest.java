package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.bootstrap.config.value.InvalidValueException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationExceptionTest {

    @TempDir
    private Path directory;

    @Test
    void load_problemsOfEveryKindInEveryPlace_allAreReportedWithTheirOrigin() {
        TestingSources sources = new TestingSources()
                .property("paddock.pool.host", "5")
                .property("paddock.retry.max-retries", "-1")
                .environment("OLLAMA_POOL_PROFILE", "huge")
                .environment("OLLAMA_READ_TIMEOUT", "-5")
                .environment("OLLAMA_BASE_URL", "http://user:hunter2@gpu")
                .file(
                        directory,
                        """
                        paddock {
                          timeouts.connect = 0s
                          dialect = klingon
                          pool {
                            when-full = [1, 2]
                            idle-lifetime = 10m
                            total-lifetime = 5m
                          }
                          metrics = yes
                        }
                        """);
        String file = directory.resolve("paddock.conf").toString();

        ConfigurationException failure = failureOf(sources);

        assertThat(failure.problems().stream().map(ConfigurationProblem::toString))
                .containsExactlyInAnyOrder(
                        "paddock.pool.host is not a key of Paddock; did you mean paddock.pool.hosts?"
                                + " [system property paddock.pool.host]",
                        "paddock.retry.max-retries is '-1'; allowed are 0 to 10"
                                + " [system property paddock.retry.max-retries]",
                        "paddock.pool.profile is 'huge', which is not known; allowed are default, high-concurrency,"
                                + " load-balancer, single [environment variable OLLAMA_POOL_PROFILE]",
                        "paddock.timeouts.read is '-5s'; allowed are 1ms to 24h"
                                + " [environment variable OLLAMA_READ_TIMEOUT]",
                        "paddock.base-url is not usable: it seems to have credentials in it;"
                                + " give a key with OLLAMA_API_KEY instead [environment variable OLLAMA_BASE_URL]",
                        "paddock.timeouts.connect is '0s'; allowed are 1ms to 24h [" + file + ":2]",
                        "paddock.dialect is 'klingon', which is not known; allowed are ollama, openai [" + file + ":3]",
                        "paddock.pool.when-full is a list, but takes a single value [" + file + ":5]",
                        "paddock.pool.idle-lifetime is 10m, which can never be reached:"
                                + " paddock.pool.total-lifetime is 5m (" + file + ":7) [" + file + ":6]",
                        "paddock.metrics is a group of keys, but has a single value [" + file + ":9]");
        assertThat(failure.problems())
                .allSatisfy(problem -> assertThat(failure.getMessage()).contains("\n  - " + problem));
        assertThat(failure.getMessage()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "paddock.base-url                  | localhost:port         | not a number from 1 to 65535",
                "paddock.base-url                  | ftp://x                | neither http nor https",
                "paddock.base-url                  | http://x?a=b           | query",
                "paddock.base-url                  | http://x:99999         | 65535",
                "paddock.base-url                  | http://u:hunter2@x     | credentials",
                "paddock.base-url                  | http://u:hunter2/y@x   | credentials",
                "paddock.base-url                  | ``                     | is empty",
                "paddock.api-key                   | `hun ter2`             | visible ASCII",
                "paddock.api-key                   | ``                     | is empty",
                "paddock.dialect                   | ollama2                | allowed are ollama, openai",
                "paddock.transport                 | jetty                  | allowed are apache5, jdk",
                "paddock.pool.profile              | single-user            | allowed are default",
                "paddock.pool.hosts                | many                   | not a whole number",
                "paddock.pool.hosts                | 0                      | allowed are 1 to 10000",
                "paddock.pool.hosts                | 10001                  | allowed are 1 to 10000",
                "paddock.pool.hosts                | 99999999999999999999   | allowed are 1 to 10000",
                "paddock.pool.hosts                | 1.5                    | not a whole number",
                "paddock.pool.connections-per-host | -1                     | allowed are 1 to 10000",
                "paddock.pool.when-full            | block                  | allowed are fail, overflow, wait",
                "paddock.pool.lease-timeout        | 10                     | without a unit",
                "paddock.pool.lease-timeout        | 10 parsecs             | not a time",
                "paddock.pool.idle-lifetime        | 1ns                    | 1ms to 24h",
                "paddock.pool.total-lifetime       | 99999999999999999999 d | not a time",
                "paddock.timeouts.connect          | -1s                    | 1ms to 24h",
                "paddock.timeouts.read             | 25h                    | 1ms to 24h",
                "paddock.timeouts.call             | soon                   | not a time",
                "paddock.retry.max-retries         | 11                     | allowed are 0 to 10",
                "paddock.retry.backoff             | -1ms                   | 1ms to 24h",
                "paddock.retry.jitter              | 1.1                    | allowed are 0 to 1",
                "paddock.retry.jitter              | -0.1                   | allowed are 0 to 1",
                "paddock.retry.jitter              | a quarter              | not a number; allowed are 0 to 1",
                "paddock.retry.jitter              | NaN                    | not a number; allowed are 0 to 1",
                "paddock.retry.jitter              | 1e1                    | allowed are 0 to 1",
                "paddock.retry-budget.per-call     | 2                      | allowed are 0 to 1",
                "paddock.retry-budget.per-second   | 10000.5                | allowed are 0 to 10000",
                "paddock.retry-budget.burst        | 0                      | allowed are 1 to 10000",
                "paddock.retry-budget.burst        | 0.5                    | not a whole number",
                "paddock.retry-budget.concurrent-share | -1                 | allowed are 0 to 1",
                "paddock.retry-budget.concurrent-floor | -1                 | allowed are 0 to 10000",
                "paddock.retry.longest-wait        | 0s                     | 1ms to 24h",
                "paddock.retry.generations         | sometimes              | always, never, stale-connection",
                "paddock.circuit.consecutive-failures | 0                   | allowed are 1 to 1000000",
                "paddock.circuit.failure-percent   | 101                    | allowed are 1 to 100",
                "paddock.circuit.fewest-calls      | 0                      | allowed are 1 to 1000000",
                "paddock.circuit.window            | 999ms                  | 1s to 24h",
                "paddock.circuit.open-for          | 0s                     | 1ms to 24h",
                "paddock.circuit.longest-open      | 25h                    | 1ms to 24h",
                "paddock.calls-at-once             | -1                     | allowed are 0 to 10000",
                "paddock.responses.longest-frame   | 1 B                    | allowed are 1024 to 1073741824 bytes",
                "paddock.responses.longest-frame   | 9 GiB                  | allowed are 1024 to 1073741824 bytes",
                "paddock.responses.longest-frame   | big                    | not a size",
                "paddock.batch.cache-bytes         | NaN                    | not a size",
                "paddock.batch.cache-bytes         | 65536d                 | not a size",
                "paddock.batch.cache-bytes         | 0x1p16                 | not a size",
                "paddock.metrics.jmx               | maybe                  | allowed are true, yes, on, 1"
            })
    void load_valueNotAllowed_saysWhatIsAllowed(String key, String value, String expected) {
        ConfigurationLoader loader = new TestingSources()
                .property(key, value)
                .loader()
                .withTransports(Set.of("jdk", "apache5"));

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader::load);

        assertThat(failure.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.message()).contains(expected).doesNotContain("hunter2", "hun ter2");
            assertThat(problem.origin()).isEqualTo("system property " + key);
        });
    }

    @Test
    void load_textsThatAreNoPaths_areReportedAtOnceAndOnOneLineEach() {
        String noPath = "a\0b\nc";
        List<String> keys = List.of(
                "paddock.documents.folder", "paddock.documents.index", "paddock.shared-state.authorities", "paddock.shared-state.prefix");
        TestingSources sources = new TestingSources().property("paddock.shared-state.url", "rediss://127.0.0.1");
        keys.forEach(key -> sources.property(key, noPath));

        ConfigurationException failure = failureOf(sources);

        assertThat(failure.problems()).extracting(ConfigurationProblem::key).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(failure.getMessage().lines()).hasSize(1 + keys.size());
        assertThat(failure.getMessage()).doesNotContain("\0").contains("is 'a?b?c', which cannot be the path of a file");
    }

    @ParameterizedTest
    @CsvSource({
        "paddock.pool.hots, paddock.pool.hosts",
        "paddock.pool.Hosts, paddock.pool.hosts",
        "paddock.hosts, paddock.pool.hosts",
        "paddock.pool.connectionsPerHost, paddock.pool.connections-per-host",
        "paddock.pool.connections_per_host, paddock.pool.connections-per-host",
        "paddock.baseUrl, paddock.base-url",
        "paddock.timeout.read, paddock.timeouts",
        "paddock.apikey, paddock.api-key"
    })
    void load_keyMisspelt_suggestsTheRightOneAndHidesTheValue(String key, String suggestion) {
        ConfigurationException failure = failureOf(new TestingSources().property(key, "sk-12345"));

        assertThat(failure.problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                .endsWith("; did you mean " + suggestion + "?"));
        assertThat(failure.getMessage()).doesNotContain("12345");
    }

    @Test
    void load_overridesWrong_areReportedWithTheNameOfTheirPlace() {
        ConfigurationLoader loader = new TestingSources()
                .loader()
                .withOverrides("command line", Map.of("paddock.transport", "", "paddock.trnasport", "x"));

        ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, loader::load);

        assertThat(failure.problems()).extracting(ConfigurationProblem::origin).containsOnly("command line").hasSize(2);
    }

    @Test
    void load_keyUnlikeAnyOther_suggestsNothing() {
        ConfigurationException failure =
                failureOf(new TestingSources().file(directory, "paddock.colour-of-the-shed = green"));

        assertThat(failure.problems().getFirst().message()).isEqualTo("is not a key of Paddock");
    }

    @Test
    void load_groupsInTheWrongShape_areReportedOnce() {
        TestingSources sources = new TestingSources()
                .property("paddock.pool", "5")
                .property("paddock.pool.hosts", "6")
                .file(directory, "paddock { api-key { value = hunter2 }, \"pool.hosts\" = 3 }");

        ConfigurationException failure = failureOf(sources);

        assertThat(failure.problems().stream().map(problem -> problem.key() + " " + problem.message()))
                .containsExactlyInAnyOrder(
                        "paddock.pool is a group of keys, but has a single value",
                        "paddock.\"pool.hosts\" is not a key of Paddock; did you mean paddock.pool.hosts?",
                        "paddock.api-key is a group of keys, but takes a single value");
        assertThat(failure.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void load_semanticCacheWrong_isReportedAtOnce() {
        String group = "paddock.semantic-cache.";
        TestingSources sources = new TestingSources()
                .property(group + "enabled", "true") // without the exact cache
                .property(group + "mode", "serve-always")
                .property(group + "threshold", "1.5")
                .property(group + "max-errors", "0")
                .property(group + "observations", "-1")
                .property(group + "same-answer", "NaN")
                .property(group + "audit", "5 %")
                .property(group + "max-false-hits", "1.01")
                .property(group + "shortest", "0")
                .property(group + "longest", "100000")
                .property(group + "embedding-timeout", "0s")
                .property(group + "max-bytes", "1 TiB"); // more than the heap

        assertThat(failureOf(sources).problems().stream().map(ConfigurationProblem::key))
                .containsExactlyInAnyOrder(
                        group + "enabled",
                        group + "mode",
                        group + "threshold",
                        group + "max-errors",
                        group + "observations",
                        group + "same-answer",
                        group + "audit",
                        group + "max-false-hits",
                        group + "shortest",
                        group + "longest",
                        group + "embedding-timeout",
                        group + "max-bytes");
    }

    @Test
    void load_variablesWithValuesNotAllowed_areReportedByName() {
        TestingSources sources = new TestingSources()
                .environment("OLLAMA_POOL_BLOCK", "maybe")
                .environment("OLLAMA_POOL_CONNECTIONS", "ten")
                .environment("OLLAMA_CONNECT_TIMEOUT", "5 parsecs")
                .environment("OLLAMA_RETRY_BACKOFF", "1e3");

        assertThat(failureOf(sources).problems().stream().map(ConfigurationProblem::origin))
                .containsExactlyInAnyOrder(
                        "environment variable OLLAMA_POOL_BLOCK",
                        "environment variable OLLAMA_POOL_CONNECTIONS",
                        "environment variable OLLAMA_CONNECT_TIMEOUT",
                        "environment variable OLLAMA_RETRY_BACKOFF");
    }

    @ParameterizedTest
    @ValueSource(strings = {
                "timeouts.connect",
                "timeouts.tls",
                "timeouts.send",
                "timeouts.head",
                "timeouts.lookup",
                "timeouts.frame-gap",
                "timeouts.read",
                "pool.lease-timeout"
            })
    void load_timesLongerThanTheWholeCall_conflict(String key) {
        TestingSources sources = new TestingSources()
                .property("paddock." + key, "11s")
                .file(directory, "paddock.timeouts.call = 10s");

        assertThat(failureOf(sources).problems()).singleElement().satisfies(problem -> assertThat(problem.toString())
                .startsWith("paddock." + key + " is 11s")
                .contains("paddock.timeouts.call is 10s", "paddock.conf:1", "system property paddock." + key));
    }

    @Test
    void load_callShorterThanDefaults_isNoConflict() {
        PaddockSettings settings = new TestingSources()
                .property("paddock.timeouts.call", "1s")
                .property("paddock.pool.total-lifetime", "1s")
                .load();

        assertThat(settings.calls().timeout()).hasSeconds(1);
    }

    @Test
    void load_namedFileMissing_isReported() {
        String missing = directory.resolve("missing.conf").toString();

        assertThat(failureOf(new TestingSources().property("config.file", missing)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("config.file cannot be read", missing, "system property config.file"));
        assertThat(failureOf(new TestingSources().environment("PADDOCK_CONFIG", missing)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("PADDOCK_CONFIG cannot be read", missing, "environment variable PADDOCK_CONFIG"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "paddock {\n api-key = \"hunter2\n }",
                "paddock {\n api-key = hunter2 } }",
                "paddock {\n hunter2 }",
                "paddock {\n api-key hunter2 : { : }",
                "paddock {\n api-key = ${UNDEFINED}hunter2\n }"
            })
    void load_fileNotValid_isReportedWithoutItsText(String text) {
        TestingSources sources =
                new TestingSources().file(directory, text).environment("OLLAMA_MAX_RETRIES", "many");

        ConfigurationException failure = failureOf(sources);

        assertThat(failure.problems()).hasSize(2);
        assertThat(failure.problems().getFirst().toString()).contains("config.file cannot be used", "paddock.conf:2");
        assertThat(failure.getMessage()).doesNotContain("hunter2");
        assertThat(failure).hasNoCause();
    }

    @Test
    void quote_longTextWithLineBreaks_isShortenedToOneLine() {
        assertThat(InvalidValueException.quote("a\r\nb")).isEqualTo("'a??b'");
        assertThat(InvalidValueException.quote("x".repeat(100))).hasSize(65);
    }

    @Test
    void problems_theListGiven_isCopied() {
        List<ConfigurationProblem> problems =
                new ArrayList<>(List.of(new ConfigurationProblem("key", "is wrong", "here")));
        ConfigurationException failure = new ConfigurationException(problems);
        problems.clear();

        assertThat(failure.problems()).hasSize(1);
    }

    private static ConfigurationException failureOf(TestingSources sources) {
        return catchThrowableOfType(ConfigurationException.class, sources::load);
    }
}
