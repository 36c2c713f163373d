package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.ServerTls;
import dev.paddock.domain.pool.PoolProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
              access {
                hosts = "models.example.org, *.internal.example"
                origins = "https://chat.example.org"
                key-hashes = "HASH"
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
            """;

    private static final String HASH = "ab".repeat(32);

    @TempDir
    private Path directory;

    @Test
    void loadGateway_nothingSet_isForThisMachineAndChangesNoModels() {
        GatewayConfiguration configuration = new TestingSources().loadGateway();

        assertThat(configuration.gateway())
                .isEqualTo(new GatewaySettings(
                        HttpServerSettings.of("127.0.0.1", 11_435), AccessSettings.DEFAULT, Duration.ofSeconds(30)));
        assertThat(configuration.client().connections().pool()).isEqualTo(PoolProfile.LOAD_BALANCER.limits());
    }

    @Test
    void loadGateway_profileChosen_isThat() {
        GatewayConfiguration configuration =
                new TestingSources().environment("OLLAMA_POOL_PROFILE", "single").loadGateway();

        assertThat(configuration.client().connections().pool()).isEqualTo(PoolProfile.SINGLE.limits());
    }

    @Test
    void loadGateway_everyKeySet_nothingOfTheDefaultsLeft() throws IOException {
        Path keyStore = Files.createFile(directory.resolve("identity.p12"));
        String text = EVERY_KEY.replace("KEY_STORE", keyStore.toString()).replace("HASH", HASH);

        GatewayConfiguration configuration =
                new TestingSources().file(directory, text).loadGateway();

        assertThat(configuration.gateway())
                .isEqualTo(new GatewaySettings(
                        new HttpServerSettings(
                                "0.0.0.0", 8443, limits(), ServerTls.of(keyStore, "a secret")),
                        new AccessSettings(
                                List.of("models.example.org", "*.internal.example"),
                                List.of("https://chat.example.org"),
                                List.of(HASH),
                                new AccessSettings.RateLimit(2.5, 3, AccessSettings.RateLimit.DEFAULT_CLIENTS),
                                true),
                        Duration.ofSeconds(1)));
        assertThat(configuration.toString()).doesNotContain("a secret", HASH);
    }

    @ParameterizedTest
    @CsvSource({
        "port, 65536, allowed are 0 to 65535",
        "access.key-hashes, abc, 64 hexadecimal digits",
        "access.hosts, http://x, a host is a name",
        "access.origins, chat, an origin is",
        "tls.key-store, /nowhere.p12, no file that can be read",
        "limits.body, 2 GiB, allowed are",
        "limits.upload, 2 TiB, allowed are",
        "drain, 30, without a unit",
    })
    void loadGateway_valueWrong_isSaidWithItsKey(String key, String value, String reason) {
        TestingSources sources = new TestingSources().property("paddock.gateway." + key, value);

        ConfigurationException wrong = catchThrowableOfType(ConfigurationException.class, sources::loadGateway);

        assertThat(wrong).hasMessageContaining("paddock.gateway." + key).hasMessageContaining(reason);
    }

    @Test
    void loadGateway_clientAndGatewayWrong_isSaidAtOnce() {
        TestingSources sources = new TestingSources()
                .property("paddock.gateway.port", "x")
                .property("paddock.pool.hosts", "y")
                .property("paddock.gateway.prot", "1");

        ConfigurationException wrong = catchThrowableOfType(ConfigurationException.class, sources::loadGateway);

        assertThat(wrong).hasMessageContainingAll("paddock.gateway.port", "paddock.pool.hosts", "paddock.gateway.prot");
    }

    private static ServerLimits limits() {
        return ServerLimits.builder()
                .maxConnections(4)
                .maxTargetBytes(256)
                .maxHeaderBytes(2 << 10)
                .maxHeaders(5)
                .maxBodyBytes(6 << 10)
                .maxTotalBodyBytes(7 << 10)
                .maxUploadBytes(12L << 30)
                .headTimeout(Duration.ofSeconds(8))
                .bodyTimeout(Duration.ofSeconds(9))
                .idleTimeout(Duration.ofSeconds(10))
                .writeStallTimeout(Duration.ofSeconds(11))
                .build();
    }
}
