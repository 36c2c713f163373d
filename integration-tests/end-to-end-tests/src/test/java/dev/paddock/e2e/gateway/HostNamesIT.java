package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.testsupport.CapturedLog;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under which host names and paths a gateway answers, and in which format it refuses. */
@Timeout(60)
class HostNamesIT {

    private static final ConnectionScript OK = ConnectionScript.json("{\"ok\":true}");
    private static final String FOREIGN = "Host: gateway.example.com";

    @Test
    void foreignName_onALoopbackAddress_isRefusedExceptForHealthChecks() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK)) {
            assertThat(gateway.ask("GET", "/api/tags", "", FOREIGN).status()).isEqualTo(403);
            assertThat(gateway.ask("GET", "/metrics", "", FOREIGN).status()).isEqualTo(403);
            assertThat(gateway.ask("GET", "/healthz", "", FOREIGN).status()).isEqualTo(200);
            assertThat(gateway.ask("GET", "/readyz", "", FOREIGN).status()).isEqualTo(200);
        }
    }

    @Test
    void foreignName_onAnotherAddress_isAllowedUnlessNamesAreConfigured() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK, everywhere())) {
            assertThat(gateway.ask("GET", "/api/tags", "", FOREIGN).status()).isEqualTo(200);
        }
        try (GatewayFixture gateway = GatewayFixture.of(OK, Map.of(), settings -> everywhere()
                .apply(settings)
                .withAccess(settings.access().withHosts(List.of("models.example.com"))))) {
            assertThat(gateway.ask("GET", "/api/tags", "", FOREIGN).status()).isEqualTo(403);
            assertThat(gateway.ask("GET", "/api/tags", "", "Host: models.example.com").status()).isEqualTo(200);
            assertThat(gateway.ask("GET", "/api/tags", "", "Host: 127.0.0.1").status()).isEqualTo(200);
        }
    }

    @Test
    void foreignPage_onAnotherAddress_isRefused() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK, everywhere())) {
            assertThat(gateway.ask("GET", "/api/tags", "", FOREIGN, "Origin: https://evil.com").status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /healthz, 200", "OPTIONS /healthz, 405", "HEAD /readyz, 200", "GET /metrics, 400", "GET /api/tags, 400",
        "GET /healthz/x, 400",
    })
    void http10WithoutHost_isForHealthChecksOnly(String methodAndPath, int status) throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK); RawClient client = new RawClient(gateway.port())) {
            client.send(methodAndPath + " HTTP/1.0\r\n\r\n");

            assertThat(client.head().status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /readyz, 200", "GET /api/tags, 400"})
    void emptyHost_isForHealthChecksOnly(String methodAndPath, int status) throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK); RawClient client = new RawClient(gateway.port())) {
            client.send(methodAndPath + " HTTP/1.1\r\nHost:\r\n\r\n");

            assertThat(client.head().status()).isEqualTo(status);
        }
    }

    @Test
    void http11WithoutHost_isRefusedEverywhere() throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK); RawClient client = new RawClient(gateway.port())) {
            assertThat(client.send("GET /healthz HTTP/1.1\r\n\r\n").response().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/models/owner%2Fname:7b, 200",
        "GET, /v1/models/hf.co%2fowner%2Fname, 200",
        "HEAD, /v1/models/owner%2Fname, 200",
        "GET, /api/v0/models/owner%2Fname, 200",
        "DELETE, /v1/models/owner%2Fname, 400",
        "POST, /v1/models/owner%2Fname, 400",
        "GET, /v1/models/..%2Fx, 400",
        "GET, /v1/models/a%2F..%2F..%2Fx, 400",
        "GET, /v1/models/%2F%2Fx, 400",
        "GET, /v1/models/%2Fx, 400",
        "GET, /v1/models/a%5Cb, 400",
        "GET, /v1/models/a/b%2Fc, 400",
        "GET, /v1%2Fmodels, 400",
        "GET, /api%2Ftags, 400",
    })
    void encodedSlash_inTheNameOfAModelThatIsRead_passesUnchanged(String method, String path, int status) throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK)) {
            assertThat(gateway.ask(method, path, "").status()).isEqualTo(status);
            if (status == 200) {
                assertThat(gateway.server().requests().getFirst().target()).isEqualTo(path);
            } else {
                assertThat(gateway.server().requests()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /v1/models/a%5Cb HTTP/1.1\r\nHost: localhost",
        "GET /v1/../x HTTP/1.1\r\nHost: localhost",
        "GET /v1/models HTTP/1.1",
        "GET /v1/models HTTP/1.1\r\nHost: evil.com",
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999",
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent_Length: 5",
        "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.com",
        "DELETE /v1/files/x HTTP/1.1\r\nHost: localhost",
        "TRACE /v1/models HTTP/1.1\r\nHost: localhost",
    })
    void refusal_underV1_hasTheShapeOfOpenAI(String head) throws IOException {
        try (GatewayFixture gateway = GatewayFixture.of(OK); RawClient client = new RawClient(gateway.port())) {
            String body = client.send(head + "\r\n\r\n").response().body();

            assertThat(body).matches("\\{\"error\":\\{\"message\":\"[^\"]+\",\"type\":\"[a-z_]+\",\"param\":null,\"code\":(null|\"[a-z_]+\")}}");
        }
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, '', true", "'::', '', true", "127.0.0.1, '', false", "localhost, '', false", "0.0.0.0, KEY, false"})
    void start_thatOtherMachinesCanReachWithoutAKey_warns(String host, String key, boolean warns) {
        Map<String, String> settings = new HashMap<>(Map.of("paddock.gateway.host", host, "paddock.gateway.port", "0"));
        if (!key.isEmpty()) {
            settings.put("paddock.gateway.access.key-hashes", "ab".repeat(32));
        }
        ConfigurationLoader loader = ConfigurationLoader.ofDefaults().withOverrides("the test", settings);
        try (CapturedLog log = CapturedLog.under(PaddockGateway.class.getName());
                PaddockGateway gateway = PaddockGateway.start(loader)) {
            assertThat(gateway.isExposedWithoutKey()).isEqualTo(warns);
            assertThat(log.records()).hasSize(warns ? 1 : 0).allSatisfy(record -> {
                assertThat(record.getLevel()).isEqualTo(Level.WARNING);
                assertThat(record.getMessage()).contains(host, "paddock.gateway.access.key-hashes");
            });
        }
    }

    private static UnaryOperator<GatewaySettings> everywhere() {
        return settings -> new GatewaySettings(
                GatewaySettings.of("0.0.0.0", 0).server(), settings.access(), settings.drainTimeout());
    }
}
