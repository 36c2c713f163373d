package dev.paddock.bootstrap.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.MonitoringSettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits.SizeLimit;
import dev.paddock.adapters.http.server.ServerLimits.TimeLimit;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerTls;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.adapters.metrics.opentelemetry.GenAiConventions;
import dev.paddock.adapters.metrics.opentelemetry.otlp.OtlpSettings;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.pool.PoolProfile;
import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigurationTest {

    static final String EVERY_KEY =
            """
            paddock.gateway {
              host = "0.0.0.0"
              port = 8443
              drain = 1s
              admin = true
              ready-after-answer = true
              dashboard = false
              access-log {
                format = json
                probes = true
              }
              access {
                hosts = "models.example.org, *.internal.example"
                origins = "https://chat.example.org"
                key-hashes = "HASH"
                key-file = "KEY_FILE"
                allow = "/v1/files/*"
                requests-per-second = 2.5
                burst = 3
              }
              limits {
                connections = 4
                target = 256
                head = 2 KiB
                fields = 5
                body = 6 KiB
                bodies = 7 KiB
                upload = 12 GiB
                head-time = 8s
                body-time = 9s
                idle-time = 10s
                write-time = 11s
              }
              tls {
                key-store = "KEY_STORE"
                password = "a secret"
              }
            }
            paddock.otlp {
              endpoint = "https://collector.example:4318/otlp"
              headers = "x-api-key=a secret, x-team=models"
              timeout = 13s
              interval = 14s
              sampled = 0.25
              service = gateway
              conventions = inference
            }
            """;

    private static final String HASH = "ab".repeat(32);

    @TempDir
    private Path directory;

    @Test
    void loadGateway_nothingSet_isForThisMachineAndChangesNoModels() {
        GatewayConfiguration configuration = load(Map.of());

        assertThat(configuration.gateway())
                .isEqualTo(new GatewaySettings(
                        HttpServerSettings.of("127.0.0.1", 11_435), AccessSettings.DEFAULT, Duration.ofSeconds(30)));
        assertThat(configuration.client().connections().pool()).isEqualTo(PoolProfile.LOAD_BALANCER.limits());
        assertThat(configuration.otlp()).as("the export").isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, ftp://collector, neither http nor https",
        "endpoint, collector:4318, has no scheme",
        "endpoint, http://user:a-secret@collector, credentials",
        "endpoint, http://collector?key=a-secret, a query",
        "headers, a-secret, is not a list of headers",
        "headers, x key=a-secret, is not a list of headers",
        "headers, Host=a-secret, the exporter sets itself",
        "sampled, 1.5, allowed are 0 to 1",
        "conventions, newest, inference",
        "interval, 0s, allowed are 1ms",
    })
    void loadGateway_exportWrong_isSaidWithItsKeyAndWithoutSecrets(String key, String value, String reason) {
        ConfigurationException wrong = problemsOf(Map.of("paddock.otlp." + key, value));

        assertThat(wrong).hasMessageContaining("paddock.otlp." + key).hasMessageContaining(reason);
        assertThat(wrong.getMessage()).doesNotContain("a-secret");
    }

    @Test
    void loadGateway_profileChosen_isThat() {
        GatewayConfiguration configuration =
                GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withEnvironment(Map.of("OLLAMA_POOL_PROFILE", "single")));

        assertThat(configuration.client().connections().pool()).isEqualTo(PoolProfile.SINGLE.limits());
    }

    @Test
    void loadGateway_everyKeySet_nothingOfTheDefaultsLeft() throws IOException {
        Path keyStore = Files.createFile(directory.resolve("identity.p12"));
        Path keyFile = Files.writeString(
                directory.resolve("keys"), "# of clients\n\nalice 2026-11-29T12:00:00Z " + "cd".repeat(32) + " batch\n");
        String text = EVERY_KEY.replace("KEY_FILE", keyFile.toString())
                .replace("KEY_STORE", keyStore.toString()).replace("HASH", HASH);

        Path file = Files.writeString(directory.resolve("paddock.conf"), text);

        GatewayConfiguration configuration = load(Map.of("config.file", file.toString()));

        assertThat(configuration.gateway())
                .isEqualTo(new GatewaySettings(
                        new HttpServerSettings(
                                "0.0.0.0", 8443, limits(), ServerTls.of(keyStore, "a secret")),
                        new AccessSettings(
                                List.of("models.example.org", "*.internal.example"),
                                List.of("https://chat.example.org"),
                                List.of(AccessKey.parse(HASH), AccessKey.parse("cd".repeat(32) + " batch").withName("alice")),
                                keyFile,
                                new AccessSettings.RateLimit(2.5, 3, AccessSettings.RateLimit.DEFAULT_CLIENTS),
                                true,
                                List.of("/v1/files/*")),
                        Duration.ofSeconds(1),
                        new MonitoringSettings(AccessLogFormat.JSON, true, true, false)));
        assertThat(configuration.otlp())
                .isEqualTo(new OtlpSettings(
                        BaseUrl.parse("https://collector.example:4318/otlp"),
                        Map.of("x-api-key", "a secret", "x-team", "models"),
                        Duration.ofSeconds(13),
                        Duration.ofSeconds(14),
                        0.25,
                        "gateway",
                        GenAiConventions.INFERENCE));
        assertThat(configuration.toString()).doesNotContain("a secret", HASH);
    }

    @ParameterizedTest
    @CsvSource({
        "port, 65536, allowed are 0 to 65535",
        "access.key-hashes, abc, 64 hexadecimal digits",
        "access.key-file, /nowhere.keys, there is no such file",
        "access.requests-per-second, auto, needs paddock.admission.enabled",
        "access.requests-per-second, automatic, is not a number",
        "access.hosts, http://x, a host is a name",
        "access.origins, chat, an origin is",
        "access.allow, api/pull, a path begins with",
        "tls.key-store, /nowhere.p12, no file that can be read",
        "limits.body, 2 GiB, allowed are",
        "limits.upload, 2 TiB, allowed are",
        "drain, 30, without a unit",
        "access-log.format, xml, text",
        "ready-after-answer, perhaps, true",
    })
    void loadGateway_valueWrong_isSaidWithItsKey(String key, String value, String reason) {
        ConfigurationException wrong = problemsOf(Map.of("paddock.gateway." + key, value));

        assertThat(wrong).hasMessageContaining("paddock.gateway." + key).hasMessageContaining(reason);
    }

    @Test
    void loadGateway_clientAndGatewayWrong_isSaidAtOnce() {
        ConfigurationException wrong = problemsOf(
                Map.of("paddock.gateway.port", "x", "paddock.pool.hosts", "y", "paddock.gateway.prot", "1"));

        assertThat(wrong).hasMessageContainingAll("paddock.gateway.port", "paddock.pool.hosts", "paddock.gateway.prot");
    }

    @Test
    void loadGateway_textsThatAreNoPaths_areSaidAtOnceAndOnOneLineEach() {
        String noPath = "a\0b\nc";
        Map<String, String> values = Map.of(
                "paddock.gateway.port", "x",
                "paddock.gateway.access.key-file", noPath,
                "paddock.gateway.tls.key-store", noPath,
                "paddock.documents.folder", noPath);

        String message = problemsOf(values).getMessage();

        for (String key : values.keySet()) {
            assertThat(message).contains("- " + key + " is ");
        }
        assertThat(message.lines()).hasSize(1 + values.size());
        assertThat(message).doesNotContain("\0").contains("cannot be the path of a file");
    }

    /** This module has no native library on its class path. */
    @Test
    void loadGateway_nativeTransportWithoutItsLibrary_isSaidWithTheRestAndWithWhatToAdd() {
        ConfigurationException wrong = problemsOf(Map.of("paddock.native-transport", "true", "paddock.gateway.port", "x"));

        assertThat(wrong).hasMessageContaining("paddock.gateway.port").hasMessageMatching(
                "(?s).*paddock.native-transport is true, but Netty's epoll is not on the class path: add netty-transport-classes-epoll and "
                        + "netty-transport-native-epoll \\(linux-x86_64 or linux-aarch_64\\) of version 4[0-9.]+Final, or set it to false"
                        + ".*\\[system property.*");
    }

    @Test
    void loadGateway_everyKeySet_theTestForgetsNoKey() {
        assertThat(keys(ConfigFactory.parseString(EVERY_KEY))).isEqualTo(keys(ConfigFactory.parseResources("reference.conf")));
    }

    private static Set<String> keys(Config config) {
        return Stream.of("paddock.gateway", "paddock.otlp")
                .flatMap(group -> config.getObject(group).entrySet().stream())
                .flatMap(entry -> entry.getValue() instanceof ConfigObject group
                        ? group.keySet().stream().map(name -> entry.getKey() + "." + name)
                        : Stream.of(entry.getKey()))
                .collect(Collectors.toSet());
    }

    private static GatewayConfiguration load(Map<String, String> systemProperties) {
        return GatewayConfiguration.load(ConfigurationLoader.ofDefaults().withSystemProperties(systemProperties));
    }

    private static ConfigurationException problemsOf(Map<String, String> systemProperties) {
        return catchThrowableOfType(ConfigurationException.class, () -> load(systemProperties));
    }

    private static ServerLimits limits() {
        return ServerLimits.DEFAULT
                .with(SizeLimit.CONNECTIONS, 4)
                .with(SizeLimit.TARGET_BYTES, 256)
                .with(SizeLimit.HEADER_BYTES, 2 << 10)
                .with(SizeLimit.HEADERS, 5)
                .with(SizeLimit.BODY_BYTES, 6 << 10)
                .with(SizeLimit.TOTAL_BODY_BYTES, 7 << 10)
                .with(SizeLimit.UPLOAD_BYTES, 12L << 30)
                .with(TimeLimit.HEAD, Duration.ofSeconds(8))
                .with(TimeLimit.BODY, Duration.ofSeconds(9))
                .with(TimeLimit.IDLE, Duration.ofSeconds(10))
                .with(TimeLimit.WRITE_STALL, Duration.ofSeconds(11));
    }
}
