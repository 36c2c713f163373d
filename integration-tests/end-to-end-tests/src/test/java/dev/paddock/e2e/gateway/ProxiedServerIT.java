package dev.paddock.e2e.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.gateway.PaddockGateway;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ReceivedRequest;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import dev.paddock.testsupport.RawClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway whose model server is behind an HTTP proxy. */
@Timeout(60)
class ProxiedServerIT {

    private static final String ANSWER = "{\"model\":\"llama3.2\",\"message\":{\"role\":\"assistant\",\"content\":\"Blue.\"},\"done\":true}";
    private static final String REQUEST = "{'model':'llama3.2','stream':false,'messages':[{'role':'user','content':'Hi'}]}";

    @TempDir
    private Path directory;

    /** Only the proxy can look up the server. */
    @ParameterizedTest
    @ValueSource(strings = {"apache5", "jdk", "okhttp", "netty"})
    void chat_serverWithoutTls_isForwardedByTheProxy(String transport) throws IOException {
        try (ScriptedServer proxy = ScriptedServer.start(ConnectionScript.json(ANSWER));
                PaddockGateway gateway = gateway(transport, "http://models.example:11434", proxy, "paddock:secret@", Map.of())) {
            assertAnswers(gateway);

            assertThat(proxy.requests()).extracting(ReceivedRequest::requestLine)
                    .containsOnlyOnce("POST http://models.example:11434/api/chat HTTP/1.1");
            assertThat(proxy.requests()).allSatisfy(request -> { // and the gateway asks what server it has
                assertThat(request.requestLine()).contains(" http://models.example:11434/");
                assertThat(request.fields()).filteredOn(ProxiedServerIT::isForProxies)
                        .containsExactly("Proxy-Authorization: Basic cGFkZG9jazpzZWNyZXQ=");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"apache5", "jdk", "okhttp", "netty"})
    void chat_serverWithTls_isReachedByATunnel(String transport) throws IOException {
        Path trusted = directory.resolve("authority.p12");
        try (InputStream authority = Objects.requireNonNull(ServerIdentity.class.getResourceAsStream("authority.p12"))) {
            Files.copy(authority, trusted);
        }
        Map<String, String> trust = Map.of("paddock.tls.trust", trusted.toString(), "paddock.tls.trust-password", "password");
        try (ScriptedServer server = ScriptedServer.startSecure(ServerIdentity.LOCAL.serverContext(), ConnectionScript.json(ANSWER));
                ScriptedServer proxy = ScriptedServer.start(connection -> {
                    connection.readRequest();
                    connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
                    connection.forwardTo(server.port());
                });
                PaddockGateway gateway = gateway(transport, "https://localhost:" + server.port(), proxy, "", trust)) {
            assertAnswers(gateway);

            assertThat(proxy.requests()).isNotEmpty().extracting(ReceivedRequest::requestLine)
                    .containsOnly("CONNECT localhost:" + server.port() + " HTTP/1.1");
            assertThat(server.requests()).extracting(ReceivedRequest::requestLine).containsOnlyOnce("POST /api/chat HTTP/1.1");
            assertThat(server.requests()).flatExtracting(ReceivedRequest::fields).noneMatch(ProxiedServerIT::isForProxies);
        }
    }

    private static boolean isForProxies(String field) {
        return field.regionMatches(true, 0, "Proxy-", 0, 6);
    }

    /** The client's own field for a proxy ends at the gateway. */
    private static void assertAnswers(PaddockGateway gateway) throws IOException {
        try (RawClient client = new RawClient(URI.create(gateway.baseUrl()).getPort())) {
            RawClient.Response answer = client.request("POST", "/api/chat", REQUEST.replace('\'', '"'), "Proxy-Authorization: Basic b3RoZXI=").response();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(ANSWER);
        }
    }

    private static PaddockGateway gateway(
            String transport, String server, ScriptedServer proxy, String credentials, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(Map.of(
                "paddock.base-url", server,
                "paddock.transport", transport,
                "paddock.proxy.url", "http://" + credentials + "127.0.0.1:" + proxy.port(),
                "paddock.proxy.no-proxy", "none.example",
                "paddock.retry.max-retries", "0",
                "paddock.gateway.port", "0"));
        return PaddockGateway.start(ConfigurationLoader.ofDefaults().withOverrides("the test", all));
    }
}
