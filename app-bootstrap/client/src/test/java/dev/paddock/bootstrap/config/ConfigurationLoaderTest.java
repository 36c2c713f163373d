package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.paddock.adapters.http.answercache.AnswerCacheSettings;
import dev.paddock.adapters.http.answercache.ModelVersionSettings;
import dev.paddock.adapters.http.answercache.embedding.BatchLimits;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingBatchSettings;
import dev.paddock.adapters.http.exchange.ExchangeSettings;
import dev.paddock.adapters.http.exchange.ExchangeTimeouts;
import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.adapters.http.resilience.GenerationReplay;
import dev.paddock.adapters.http.resilience.ResilienceSettings.Budget;
import dev.paddock.adapters.http.resilience.ResilienceSettings.CircuitBreakerSettings;
import dev.paddock.adapters.http.resilience.ResilienceSettings.FailureRate;
import dev.paddock.adapters.http.resilience.ResilienceSettings.OpenTime;
import dev.paddock.adapters.http.resilience.ResilienceSettings.Retry;
import dev.paddock.adapters.http.resilience.ResilienceSettings;
import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.bootstrap.config.source.EnvironmentVariable;
import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.pool.ConnectionLifetimes;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.PoolProfile;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.domain.reuse.semantic.QuestionGuard;
import dev.paddock.domain.reuse.semantic.SemanticMode;
import dev.paddock.domain.reuse.semantic.SemanticSettings;
import dev.paddock.domain.routing.ModelAlias;
import dev.paddock.domain.routing.RoutingSettings;
import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.domain.sharedstate.StoreAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationLoaderTest {

    private static final String EVERY_KEY =
            """
            paddock {
              base-url = "https://models.example.org:8443/ollama"
              api-key = "a-key"
              dialect = openai
              transport = jdk
              native-transport = true
              pool {
                profile = single
                hosts = 3
                connections-per-host = 4
                when-full = overflow
                lease-timeout = 2s
                idle-lifetime = 10s
                total-lifetime = 20s
              }
              proxy {
                url = "http://proxy:3128"
                user = u
                password = p
                no-proxy = ["10.0.0.0/8"]
                environment = true
              }
              tls { # files are in TlsSettingsTest
                trust = null
                trust-password = null
                certificate = null
                key = null
                key-password = null
              }
              timeouts {
                connect = 250 ms
                tls = 3s
                send = 4s
                head = 60s
                lookup = 7s
                frame-gap = 8s
                read = 1m
                call = 2m
              }
              retry {
                max-retries = 0
                backoff = 1s
                jitter = 0.5
                longest-wait = 3s
                generations = stale-connection
              }
              retry-budget {
                per-call = 0.3
                per-second = 4
                burst = 5
                concurrent-share = 0.6
                concurrent-floor = 7
              }
              circuit {
                consecutive-failures = 6
                failure-percent = 70
                fewest-calls = 11
                window = 12s
                open-for = 8s
                longest-open = 9s
              }
              calls-at-once = 9
              admission {
                enabled = true
                slots = 3
                most-slots = 17
                gateways = 5
                requests = 41
                bytes = 5 MiB
                longest-wait { interactive = 42s, batch = 43s }
                unread = 44s
                batch-share = 0.3
              }
              cache {
                enabled = true
                max-bytes = 1 MiB
                max-entry = 4 KiB
                sampled = true
                shared = true
                ttl { embeddings = 2h, deterministic = 3h, sampled = 4h }
                models { version = name, poll = 5s }
              }
              semantic-cache {
                enabled = true
                mode = serve
                embedding-model = nomic-embed-text
                in-process = false
                embedding-timeout = 3s
                threshold = 0.8
                shortest = 13
                longest = 500
                max-errors = 0.1
                observations = 7
                same-answer = 0.85
                audit = 0.2
                max-false-hits = 0.03
                max-bytes = 2 MiB
              }
              single-flight { enabled = true, buffer = 8 KiB, sampled = true, shared = true, when-abandoned = finish }
              batch {
                enabled = true
                texts = 16
                characters = 500
                bytes = 2 MiB
                array-limit = 32
                cache-bytes = 1 MiB
                cache-ttl = 5h
                shared = true
              }
              backends = [
                { id = one, base-url = "http://one:8000", api-key = key-of-one, dialect = ollama, weight = 2.5, slots = 4, labels = [gpu, fast] }
                "http://two:11434"
              ]
              routing { poll = 4s, load-time = 30s, changes = all, affinity = prefix }
              aliases = [{ name = smart, model = big, labels = [gpu] }, { name = smart, model = small }]
              shared-state {
                url = "rediss://cache:6380/3"
                user = paddock
                password = of-the-store
                authorities = pom.xml
                prefix = "team-a:"
                timeout = 70ms
                max-entry = 512 KiB
                answers = true
                limits = false
                leases = true
              }
              documents {
                folder = "/srv/manuals"
                index = "/var/lib/paddock/index"
                rescan = 90s
                embedding-model = bge-m3
                in-process = false
                passage-prefix = "passage: "
                query-prefix = "query: "
                texts = 65
                characters = 800
                overlap = 70
                largest-file = 3 MiB
                largest-upload = 2 MiB
              }
              responses.longest-frame = 1 MiB
              metrics.jmx = true
            }
            unrelated.to.paddock = "none of our business"
            """;

    @TempDir
    private Path directory;

    @Test
    void load_nothingSet_everyDefault() {
        PaddockSettings settings = new TestingSources().load();

        assertThat(settings)
                .isEqualTo(new PaddockSettings(
                        new ServerSettings(BaseUrl.parse("http://127.0.0.1:11434"), null, DialectName.OLLAMA),
                        new ConnectionSettings(
                                null,
                                new PoolLimits(10, 20, WhenFull.FAIL, Duration.ofSeconds(30)),
                                new TransportSettings(
                                        Duration.ofSeconds(5),
                                        Duration.ofSeconds(5),
                                        new ConnectionLifetimes(Duration.ofMinutes(1), Duration.ofMinutes(5)),
                                        null)),
                        new CallSettings(
                                null,
                                new ExchangeTimeouts(
                                        new PhaseLimits(
                                                Duration.ofSeconds(30),
                                                Duration.ofSeconds(330),
                                                Duration.ofSeconds(120)),
                                        Duration.ofSeconds(30)),
                                ResilienceSettings.DEFAULT,
                                null,
                                16 * 1024 * 1024),
                        new MetricsSettings(false),
                        ReuseSettings.NONE,
                        BackendsSettings.NONE,
                        null,
                        null))
                .isEqualTo(PaddockSettings.defaults());
        assertThat(settings.connections().pool()).isEqualTo(PoolLimits.DEFAULT);
        assertThat(settings.calls().longestFrame()).isEqualTo(ExchangeSettings.DEFAULT.longestFrame());
        assertThat(settings.connections().timing()).isEqualTo(TransportSettings.DEFAULT);
        assertThat(settings.calls().limits()).isEqualTo(ExchangeTimeouts.DEFAULT);
    }

    @Test
    void load_everyKeySet_nothingOfTheDefaultsLeft() {
        PaddockSettings settings = new TestingSources().file(directory, EVERY_KEY).load();

        assertThat(settings)
                .isEqualTo(new PaddockSettings(
                        new ServerSettings(
                                BaseUrl.parse("https://models.example.org:8443/ollama"),
                                new ApiKey("a-key"),
                                DialectName.OPENAI),
                        new ConnectionSettings(
                                "jdk",
                                new PoolLimits(3, 4, WhenFull.OVERFLOW, Duration.ofSeconds(2)),
                                new TransportSettings(
                                        Duration.ofMillis(250),
                                        Duration.ofSeconds(3),
                                        new ConnectionLifetimes(Duration.ofSeconds(10), Duration.ofSeconds(20)),
                                        null).withNativeTransport(true),
                                ProxySettings.to(HttpProxy.parse("http://u:p@proxy:3128")).except(NoProxyList.of(List.of("10.0.0.0/8")))),
                        new CallSettings(
                                Duration.ofMinutes(2),
                                new ExchangeTimeouts(
                                        new PhaseLimits(
                                                Duration.ofSeconds(4), Duration.ofMinutes(1), Duration.ofSeconds(8)),
                                        Duration.ofSeconds(7)),
                                new ResilienceSettings(
                                        new Retry(
                                                0,
                                                Duration.ofSeconds(1),
                                                0.5,
                                                Duration.ofSeconds(3),
                                                GenerationReplay.STALE_CONNECTION),
                                        new Budget(0.3, 4, 5, 0.6, 7),
                                        new CircuitBreakerSettings(
                                                6,
                                                new FailureRate(70, 11, Duration.ofSeconds(12)),
                                                new OpenTime(Duration.ofSeconds(8), Duration.ofSeconds(9))),
                                        9),
                                new AdmissionSettings(
                                        3,
                                        17,
                                        5,
                                        new AdmissionSettings.Room(41, 5 << 20),
                                        new AdmissionSettings.Waits(Duration.ofSeconds(42), Duration.ofSeconds(43), Duration.ofSeconds(44)),
                                        0.3),
                                1 << 20),
                        new MetricsSettings(true),
                        new ReuseSettings(
                                new ModelVersionSettings(ModelVersionSettings.ModelVersioning.NAME, Duration.ofSeconds(5)),
                                new AnswerCacheSettings(
                                        new CacheTuning(
                                                true,
                                                Duration.ofHours(2),
                                                Duration.ofHours(3),
                                                Duration.ofHours(4),
                                                1024 * 1024),
                                        4096,
                                        true,
                                        Tenancy.SHARED),
                                new SemanticSettings(
                                        SemanticMode.SERVE,
                                        new SemanticSettings.Matching(0.8, new QuestionGuard(13, 500)),
                                        new SemanticSettings.Evidence(0.1, 7, 0.85),
                                        new SemanticSettings.Audit(0.2, 0.03),
                                        new SemanticSettings.EmbeddingLimits("nomic-embed-text", Duration.ofSeconds(3)),
                                        2 << 20),
                                new SingleFlightSettings(
                                        8192, true, Tenancy.SHARED, SingleFlightSettings.WhenAbandoned.FINISH),
                                new EmbeddingBatchSettings(
                                        new BatchLimits(16, 500, 2 << 20, 32),
                                        1 << 20,
                                        Duration.ofHours(5),
                                        Tenancy.SHARED)),
                        new BackendsSettings(
                                List.of(
                                        new BackendSettings(
                                                new BackendId("one"),
                                                new ServerSettings(
                                                        BaseUrl.parse("http://one:8000"), new ApiKey("key-of-one"), DialectName.OLLAMA),
                                                2.5,
                                                4,
                                                Set.of("gpu", "fast")),
                                        new BackendSettings(
                                                new BackendId("http://two:11434"),
                                                new ServerSettings(
                                                        BaseUrl.parse("http://two:11434"), new ApiKey("a-key"), DialectName.OPENAI),
                                                1,
                                                0,
                                                Set.of())),
                                new RoutingSettings(
                                        Duration.ofSeconds(4),
                                        Duration.ofSeconds(30),
                                        RoutingSettings.Changes.ALL,
                                        RoutingSettings.Affinity.PREFIX,
                                        new RoutingSettings.Ejection(6, 70, 11, Duration.ofSeconds(8), Duration.ofSeconds(9))),
                                List.of(new ModelAlias(
                                        "smart",
                                        List.of(
                                                new ModelAlias.Target(Set.of("gpu"), "big"),
                                                new ModelAlias.Target(Set.of(), "small")))),
                                false),
                        new SharedStateSettings(
                                new StoreAddress(
                                        "cache", 6380, 3, true, Path.of("pom.xml").toString(), "paddock", "of-the-store"),
                                "team-a:",
                                Duration.ofMillis(70),
                                1 << 19,
                                new SharedStateSettings.Parts(true, false, true)),
                        new DocumentSearchSettings(
                                new DocumentSettings(
                                        "/srv/manuals",
                                        "/var/lib/paddock/index",
                                        Duration.ofSeconds(90),
                                        new DocumentSettings.Cutting(800, 70),
                                        new DocumentSettings.EmbeddedTexts(65, "passage: ", "query: "),
                                        new DocumentSettings.Limits(3 << 20, 2 << 20)),
                                new ModelName("bge-m3"))));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void load_everyKeySet_theTestForgetsNoKey(String group) {
        assertThat(keys(ConfigFactory.parseString(EVERY_KEY), group))
                .containsExactlyInAnyOrderElementsOf(keys(ConfigFactory.parseResources("reference.conf"), group));
    }

    static Set<String> groups() {
        ConfigObject paddock = (ConfigObject) ConfigFactory.parseResources("reference.conf").root().get("paddock");
        return Stream.concat(
                        Stream.of("paddock"),
                        paddock.keySet().stream()
                                .filter(name -> paddock.get(name) instanceof ConfigObject)
                                .map(name -> "paddock." + name))
                .collect(Collectors.toSet());
    }

    private static Set<String> keys(Config config, String group) {
        return config.getObject(group).keySet();
    }

    @Test
    void load_keysOfTheGateway_areLeftToTheModuleThatBringsThem() {
        TestingSources sources = new TestingSources().file(directory, "paddock.gateway { port = 1, prot = 2 }");

        assertThat(sources.load()).isEqualTo(PaddockSettings.defaults());
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                Arguments.of("OLLAMA_BASE_URL", "http://gpu:8080/x", "base-url = \"http://gpu:8080/x\""),
                Arguments.of("OLLAMA_HOST", "gpu", "base-url = \"http://gpu:11434\""),
                Arguments.of("OLLAMA_API_KEY", "secret", "api-key = secret"),
                Arguments.of("OLLAMA_POOL_PROFILE", "Load-Balancer", "pool.profile = load-balancer"),
                Arguments.of("OLLAMA_POOL_CONNECTIONS", "7", "pool.hosts = 7"),
                Arguments.of("OLLAMA_POOL_MAXSIZE", "8", "pool.connections-per-host = 8"),
                Arguments.of("OLLAMA_POOL_BLOCK", "true", "pool.when-full = wait"),
                Arguments.of("OLLAMA_CONNECT_TIMEOUT", "1.5", "timeouts.connect = 1500ms"),
                Arguments.of("OLLAMA_READ_TIMEOUT", "7", "timeouts.read = 7s"),
                Arguments.of("OLLAMA_MAX_RETRIES", "5", "retry.max-retries = 5"),
                Arguments.of("OLLAMA_RETRY_BACKOFF", "0", "retry.backoff = 0ms"),
                Arguments.of("OLLAMA_RETRY_BACKOFF", ".25", "retry.backoff = 250ms"));
    }

    @ParameterizedTest
    @MethodSource("variables")
    void load_variableSet_meansTheSameAsTheKey(String variable, String value, String line) {
        PaddockSettings expected =
                new TestingSources().file(directory, "paddock." + line).load();

        assertThat(new TestingSources().environment(variable, value).load())
                .isEqualTo(expected)
                .isNotEqualTo(PaddockSettings.defaults());
        assertThat(new TestingSources().environment(variable, " '" + value + "' ").load()).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(EnvironmentVariable.class)
    void load_variableEmpty_countsAsNotSet(EnvironmentVariable variable) {
        assertThat(new TestingSources().environment(variable.name(), " ").load()).isEqualTo(PaddockSettings.defaults());
        assertThat(new TestingSources().environment(variable.name(), "").load()).isEqualTo(PaddockSettings.defaults());
        assertThat(variables().map(arguments -> arguments.get()[0])).contains(variable.name());
    }

    @ParameterizedTest
    @CsvSource({
        "true, WAIT", "TRUE, WAIT", "1, WAIT", "yes, WAIT", "On, WAIT",
        "false, FAIL", "False, FAIL", "0, FAIL", "NO, FAIL", "off, FAIL"
    })
    void load_blockSet_waitsOrFails(String value, WhenFull expected) {
        // The profile says the opposite.
        String profile = expected == WhenFull.FAIL ? "load-balancer" : "default";
        PaddockSettings settings = new TestingSources()
                .environment("OLLAMA_POOL_BLOCK", value)
                .environment("OLLAMA_POOL_PROFILE", profile)
                .load();

        assertThat(settings.connections().pool().whenFull()).isEqualTo(expected);
    }

    @Test
    void load_oneTimeForAllWaits_holdsForThoseThatAreNotSetThemselves() {
        ExchangeTimeouts limits = new TestingSources()
                .environment("OLLAMA_READ_TIMEOUT", "7")
                .property("paddock.timeouts.frame-gap", "9s")
                .load()
                .calls()
                .limits();

        assertThat(limits.phases().head()).hasSeconds(7);
        assertThat(limits.lookup()).hasSeconds(7);
        assertThat(limits.phases().gap()).hasSeconds(9);
        assertThat(limits.phases().send()).hasSeconds(30);
    }

    @ParameterizedTest
    @CsvSource({"5, 5000", "0.3, 300", "5s, 5000", "300ms, 300", "'2 m', 120000", "1h, 3600000", "2., 2000"})
    void load_timeInTheEnvironment_plainNumbersCountSeconds(String value, long millis) {
        PaddockSettings settings =
                new TestingSources().environment("OLLAMA_READ_TIMEOUT", value).load();

        assertThat(settings.calls().limits().phases().head()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({
        "single, 5, 10, FAIL",
        "default, 10, 20, FAIL",
        "high-concurrency, 15, 50, FAIL",
        "load-balancer, 20, 100, WAIT"
    })
    void load_profileSet_setsThreeValues(String profile, int hosts, int connectionsPerHost, WhenFull whenFull) {
        PaddockSettings settings =
                new TestingSources().environment("OLLAMA_POOL_PROFILE", profile).load();

        assertThat(settings.connections().pool())
                .isEqualTo(new PoolLimits(hosts, connectionsPerHost, whenFull, Duration.ofSeconds(30)));
    }

    @Test
    void load_profileAndValuesInOtherPlaces_valuesWin() {
        PaddockSettings settings = new TestingSources()
                .property("paddock.pool.profile", "load-balancer")
                .environment("OLLAMA_POOL_CONNECTIONS", "3")
                .file(directory, "paddock.pool.connections-per-host = 4")
                .load();

        assertThat(settings.connections().pool())
                .isEqualTo(PoolProfile.LOAD_BALANCER.limits().withHosts(3).withConnectionsPerHost(4));
    }

    @Test
    void load_setEverywhere_overrideThenPropertyThenEnvironmentThenFile() {
        TestingSources sources = new TestingSources().file(directory, "paddock.pool.hosts = 1");
        assertThat(sources.load().connections().pool().hosts()).isEqualTo(1);

        sources.environment("OLLAMA_POOL_CONNECTIONS", "2");
        assertThat(sources.load().connections().pool().hosts()).isEqualTo(2);

        sources.property("paddock.pool.hosts", "3");
        assertThat(sources.load().connections().pool().hosts()).isEqualTo(3);

        ConfigurationLoader overridden =
                sources.loader().withOverrides("command line", Map.of("paddock.pool.hosts", "4"));
        assertThat(overridden.load().connections().pool().hosts()).isEqualTo(4);
    }

    @Test
    void load_baseUrlAndHost_baseUrlWinsAndABadHostDoesNotMatter() {
        PaddockSettings settings = new TestingSources()
                .environment("OLLAMA_HOST", "ftp://a:b@c")
                .environment("OLLAMA_BASE_URL", "http://gpu:1")
                .load();

        assertThat(settings.server().baseUrl()).hasToString("http://gpu:1");
    }

    @Test
    void load_hostInTheEnvironmentAndUrlInTheFile_environmentWins() {
        PaddockSettings settings = new TestingSources()
                .environment("OLLAMA_HOST", "0.0.0.0:1234")
                .file(directory, "paddock.base-url = \"http://gpu:1\"")
                .load();

        assertThat(settings.server().baseUrl()).hasToString("http://127.0.0.1:1234");
    }

    @Test
    void load_fileNamedByTheEnvironment_isReadUnlessAPropertyNamesAnother() throws Exception {
        Path other = Files.writeString(directory.resolve("other.conf"), "paddock.pool.hosts = 2");
        TestingSources sources = new TestingSources().environment("PADDOCK_CONFIG", other.toString());
        assertThat(sources.load().connections().pool().hosts()).isEqualTo(2);

        sources.file(directory, "paddock.pool.connections-per-host = 9");
        assertThat(sources.load().connections().pool()).isEqualTo(PoolLimits.DEFAULT.withConnectionsPerHost(9));
    }

    @Test
    void load_applicationConfOnTheClassPath_isReadUnlessAFileIsNamed() throws Exception {
        Files.writeString(directory.resolve("application.conf"), "paddock.pool.hosts = 6");
        try (URLClassLoader classPath = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            TestingSources sources = new TestingSources();
            assertThat(sources.loader().withClassPath(classPath).load().connections().pool().hosts())
                    .isEqualTo(6);

            sources.file(directory, "");
            assertThat(sources.loader().withClassPath(classPath).load()).isEqualTo(PaddockSettings.defaults());
        }
    }

    @Test
    void load_substitutionsInTheFile_referToTheGivenProcessAndToTheDefaults() {
        PaddockSettings settings = new TestingSources()
                .environment("MY_KEY", "from-environment")
                .environment("EMPTY", "")
                .property("my.hosts", "12")
                .file(
                        directory,
                        """
                        paddock {
                          api-key = ${MY_KEY}
                          pool.hosts = ${my.hosts}
                          timeouts.call = ${paddock.timeouts.head}
                          retry.max-retries = ${?EMPTY}
                          dialect = ${?PATH}
                        }
                        """)
                .load();

        assertThat(settings.server().apiKey()).isEqualTo(new ApiKey("from-environment"));
        assertThat(settings.connections().pool().hosts()).isEqualTo(12);
        assertThat(settings.calls().timeout()).isEqualTo(Duration.ofSeconds(330));
        assertThat(settings.calls().resilience().retry().maxRetries()).isEqualTo(3);
        assertThat(settings.server().dialect()).isEqualTo(DialectName.OLLAMA);
    }

    @Test
    void load_nullInTheFile_countsAsNotSet() {
        PaddockSettings settings = new TestingSources()
                .file(directory, "paddock { pool = null, timeouts.read = null, dialect = null }")
                .load();

        assertThat(settings).isEqualTo(PaddockSettings.defaults());
    }

    @Test
    void load_transportsKnown_acceptsOneOfThem() {
        ConfigurationLoader loader =
                new TestingSources().property("paddock.transport", "mine").loader();

        PaddockSettings settings = loader.withTransports(Set.of("apache5", "mine")).load();

        assertThat(settings.connections().transport()).isEqualTo("mine");
    }

    @Test
    void toString_withAKey_doesNotShowIt() {
        PaddockSettings settings =
                new TestingSources().environment("OLLAMA_API_KEY", "sk-12345").load();

        assertThat(settings.toString()).doesNotContain("12345").contains("****");
    }

    @Test
    void ofProcess_thisProcess_loads() {
        PaddockSettings settings =
                ConfigurationLoader.ofProcess().withEnvironment(Map.of()).load();

        assertThat(settings).isEqualTo(PaddockSettings.defaults());
    }
}
