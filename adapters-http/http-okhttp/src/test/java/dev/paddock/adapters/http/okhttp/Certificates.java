package dev.paddock.adapters.http.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys with certificates, made by the running JDK's keytool. */
final class Certificates {

    private static final char[] PASSWORD = "password".toCharArray();

    private final KeyStore store;
    private final String trusted;

    private Certificates(KeyStore store, String trusted) {
        this.store = store;
        this.trusted = trusted;
    }

    /** Makes a certificate that signs itself for the given names, for example {@code dns:localhost,ip:127.0.0.1}. */
    static Certificates selfSigned(Path directory, String names) throws Exception {
        Path file = directory.resolve("self-signed.p12");
        generate(file, "server", "-ext", "san=" + names, "-validity", "2");
        return new Certificates(load(file), "server");
    }

    private static void generate(Path file, String alias, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=" + alias,
                "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", "password"));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = emptyStore();
        try (InputStream input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Returns what a server with this key and a client that trusts it speak. */
    SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore own = emptyStore();
        own.setKeyEntry("server", store.getKey("server", PASSWORD), PASSWORD, store.getCertificateChain("server"));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        KeyStore anchors = emptyStore();
        anchors.setCertificateEntry(trusted, store.getCertificate(trusted));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
