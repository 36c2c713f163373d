package dev.paddock.e2e.sharedstate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.tck.server.ServerIdentity;
import dev.paddock.testsupport.CapturedLog;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that speaks TLS. */
@Timeout(60)
class StoreTlsIT {

    private static final char[] PASSWORD = "password".toCharArray();

    private final CapturedLog log = CapturedLog.under("paddock.shared-state");

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void store_withATrustedCertificate_isUsed() throws Exception {
        try (RedisServer server = server("local"); Paddock client = client(server, "127.0.0.1", authorities())) {
            Eventually.await("the store is available", () -> client.sharedState().state() == StoreState.AVAILABLE);
        }
    }

    @Test
    void store_withAnUnknownCertificate_isNotUsed() throws Exception {
        try (RedisServer server = server("local"); Paddock client = client(server, "127.0.0.1", null)) {
            awaitRefusal(client, "certification path");
        }
    }

    @Test
    void store_withTheCertificateOfAnotherHost_isNotUsed() throws Exception {
        try (RedisServer server = server("wrong_host"); Paddock client = client(server, "127.0.0.1", authorities())) {
            awaitRefusal(client, "127.0.0.1");
        }
    }

    private void awaitRefusal(Paddock client, String reason) {
        Eventually.await("it is logged", () -> refusals().findAny().isPresent());
        assertThat(client.sharedState().state()).isEqualTo(StoreState.UNAVAILABLE);
        assertThat(refusals()).singleElement().satisfies(line -> assertThat(line.getMessage()).contains(reason));
    }

    /** Returns what is logged, without a first connection that takes long on a busy machine. */
    private Stream<LogRecord> refusals() {
        return log.records().stream().filter(line -> !line.getMessage().contains("does not answer within"));
    }

    private static Paddock client(RedisServer server, String host, Path authorities) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "paddock.shared-state.url", "rediss://" + host + ":" + server.port(), "paddock.shared-state.timeout", "10s"));
        if (authorities != null) {
            settings.put("paddock.shared-state.authorities", authorities.toString());
        }
        return Paddock.start(ConfigurationLoader.ofDefaults().withOverrides("test", settings));
    }

    private RedisServer server(String identity) throws IOException, GeneralSecurityException {
        assumeTrue(RedisServer.isInstalled(), RedisServer.ABSENT);
        KeyStore store = keyStore(identity);
        String alias = store.aliases().nextElement();
        Path key = pem("key", "PRIVATE KEY", store.getKey(alias, PASSWORD).getEncoded());
        Path certificate = pem("certificate", "CERTIFICATE", store.getCertificate(alias).getEncoded());
        return RedisServer.start(
                "--tls-port", "{port}", "--tls-cert-file", certificate.toString(), "--tls-key-file", key.toString(),
                "--tls-ca-cert-file", authorities().toString(), "--tls-auth-clients", "no");
    }

    private Path authorities() throws IOException, GeneralSecurityException {
        KeyStore store = keyStore("authority");
        return pem("authority", "CERTIFICATE", store.getCertificate(store.aliases().nextElement()).getEncoded());
    }

    private static KeyStore keyStore(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = ServerIdentity.class.getResourceAsStream(name + ".p12")) {
            store.load(input, PASSWORD);
        }
        return store;
    }

    private Path pem(String name, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.write(
                directory.resolve(name + ".pem"), ("-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n").getBytes(US_ASCII));
    }
}
