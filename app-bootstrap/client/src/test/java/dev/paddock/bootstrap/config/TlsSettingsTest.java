package dev.paddock.bootstrap.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import dev.paddock.tck.server.ServerIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of TLS, against a server that demands a certificate. */
class TlsSettingsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path directory;

    @BeforeEach
    void writeFiles() throws Exception {
        KeyStore authority = copied("authority");
        KeyStore local = copied("local");
        copied("self_signed");
        Files.writeString(directory.resolve("authority.pem"), "a comment\n" + pem("CERTIFICATE", authority.getCertificate("authority").getEncoded()));
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : local.getCertificateChain("server")) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        String key = pem("PRIVATE KEY", local.getKey("server", PASSWORD).getEncoded());
        Files.writeString(directory.resolve("client.pem"), chain);
        Files.writeString(directory.resolve("key.pem"), key);
        Files.writeString(directory.resolve("both.pem"), key + chain);
        Files.writeString(directory.resolve("old.pem"), key.replace("PRIVATE KEY", "EC PRIVATE KEY"));
        Files.writeString(directory.resolve("other-key.pem"), pem("PRIVATE KEY", copied("expired").getKey("server", PASSWORD).getEncoded()));
    }

    private KeyStore copied(String name) throws Exception {
        try (InputStream input = ServerIdentity.class.getResourceAsStream(name + ".p12")) {
            Files.write(directory.resolve(name + ".p12"), input.readAllBytes());
        }
        return KeyStore.getInstance(directory.resolve(name + ".p12").toFile(), PASSWORD);
    }

    private static String pem(String kind, byte[] content) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private TestingSources with(String... keysAndFiles) {
        TestingSources sources = new TestingSources();
        for (int index = 0; index < keysAndFiles.length; index += 2) {
            String key = keysAndFiles[index];
            String value = keysAndFiles[index + 1];
            sources.property("paddock.tls." + key, key.endsWith("password") ? value : directory.resolve(value).toString());
        }
        return sources;
    }

    private static int statusOf(TestingSources sources) throws IOException {
        ConnectionScript demanding = connection -> {
            connection.secureForKnownClients(ServerIdentity.LOCAL.serverContextForKnownClients(), "TLSv1.3");
            ConnectionScript.json("{}").play(connection);
        };
        try (ScriptedServer server = ScriptedServer.start(demanding);
                Paddock paddock = Paddock.start(sources.property("paddock.base-url", "https://localhost:" + server.port()).load());
                Exchange exchange = paddock.exchange().open(ExchangeRequest.get(Operation.LIST_MODELS, "/api/tags"), CallContext.create())) {
            return exchange.head().status();
        }
    }

    @Test
    void load_pemFiles_areTrustedAndShown() throws Exception {
        assertThat(statusOf(with("trust", "authority.pem", "certificate", "client.pem", "key", "key.pem"))).isEqualTo(200);
        assertThat(statusOf(with("trust", "authority.pem", "certificate", "both.pem"))).isEqualTo(200);
    }

    @Test
    void load_keyStores_areTrustedAndShown() throws Exception {
        assertThat(statusOf(with("trust", "authority.p12", "trust-password", "password", "certificate", "local.p12", "key-password", "password")))
                .isEqualTo(200);
    }

    @Test
    void open_noCertificateOrNoTrust_isAFailureThatSaysWhy() {
        assertThatThrownBy(() -> statusOf(with("trust", "authority.pem")))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("certificate of this client");
        assertThatThrownBy(() -> statusOf(with("certificate", "both.pem")))
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("issuer is unknown");
    }

    @Test
    void load_sameFilesAgain_isTheSameContext() {
        assertThat(with("trust", "authority.pem").load().connections()).isEqualTo(with("trust", "authority.pem").load().connections());
        assertThat(with("trust", "authority.pem").load().connections()).isNotEqualTo(with("trust", "local.p12", "trust-password", "password").load().connections());
    }

    @Test
    void load_unusableFiles_areReportedWithTheirKey() {
        assertProblem("paddock.tls.trust", "no file", with("trust", "missing.pem"));
        assertProblem("paddock.tls.trust", "no certificate", with("trust", "key.pem"));
        assertProblem("paddock.tls.trust", "password", with("trust", "authority.p12", "trust-password", "wrong"));
        assertProblem("paddock.tls.certificate", "no private key", with("certificate", "client.pem"));
        assertProblem("paddock.tls.certificate", "does not belong", with("certificate", "client.pem", "key", "other-key.pem"));
        assertProblem("paddock.tls.certificate", "openssl pkcs8", with("certificate", "client.pem", "key", "old.pem"));
        assertProblem("paddock.tls.key", "paddock.tls.certificate", with("key", "key.pem"));
        assertProblem("paddock.tls.trust-password", "paddock.tls.trust", with("trust-password", "secret"));
    }

    private static void assertProblem(String key, String reason, TestingSources sources) {
        for (int load = 0; load < 2; load++) { // contexts are kept for the next load, and must not be without a key then
            assertThatThrownBy(sources::load)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(key)
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining("secret");
        }
    }
}
