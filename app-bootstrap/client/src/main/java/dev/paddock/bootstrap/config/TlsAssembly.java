package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.text;

import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.bootstrap.config.value.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the TLS context of a client from keys that name files. */
final class TlsAssembly {

    private static final String TRUST = "paddock.tls.trust";
    private static final String TRUST_PASSWORD = "paddock.tls.trust-password";
    private static final String CERTIFICATE = "paddock.tls.certificate";
    private static final String KEY = "paddock.tls.key";
    private static final String KEY_PASSWORD = "paddock.tls.key-password";
    private static final int MOST_CONTEXTS = 16;

    /** So that clients with the same files share connections, for which their contexts must be the same; guarded by itself. */
    private static final Map<TlsFiles, SSLContext> CONTEXTS = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TlsFiles, SSLContext> eldest) {
            return size() > MOST_CONTEXTS;
        }
    };

    private final SettingReader reader;

    TlsAssembly(SettingReader reader) {
        this.reader = reader;
    }

    /** Returns the context, or null for the platform's default. */
    @Nullable SSLContext assemble() {
        TlsFiles files = new TlsFiles(
                reader.find(TRUST, TlsAssembly::file),
                reader.find(TRUST_PASSWORD, text()),
                reader.find(CERTIFICATE, TlsAssembly::file),
                reader.find(KEY, TlsAssembly::file),
                reader.find(KEY_PASSWORD, text()));
        requireWith(TRUST_PASSWORD, TRUST);
        requireWith(KEY, CERTIFICATE);
        requireWith(KEY_PASSWORD, CERTIFICATE);
        if (files.trust() == null && files.certificate() == null) {
            return null;
        }
        synchronized (CONTEXTS) {
            SSLContext known = CONTEXTS.get(files);
            SSLContext context = known == null ? context(files) : known;
            if (context != null) {
                CONTEXTS.put(files, context);
            }
            return context;
        }
    }

    private void requireWith(String key, String needed) {
        if (reader.isSet(key) && !reader.isSet(needed)) {
            reader.report(key, "is set without " + needed);
        }
    }

    /** Returns the context, or null after the report of a problem. */
    private @Nullable SSLContext context(TlsFiles files) {
        String read = CERTIFICATE;
        try {
            KeyManager[] keys = keys(files);
            read = TRUST;
            KeyStore trusted = files.trustedCertificates();
            TrustManager[] trust = null;
            if (trusted != null) {
                TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(trusted);
                trust = factory.getTrustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            reader.report(read, "is not usable: " + unusable.getMessage());
            return null;
        }
    }

    private static KeyManager @Nullable [] keys(TlsFiles files) throws GeneralSecurityException, IOException {
        KeyStore identity = files.identity();
        if (identity == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(identity, files.password());
        return factory.getKeyManagers();
    }

    private static TlsFiles.LoadedFile file(String path) {
        try {
            return TlsFiles.LoadedFile.of(path, Files.readAllBytes(Path.of(path)));
        } catch (IOException | InvalidPathException unreadable) {
            throw new InvalidValueException("is not usable: there is no file " + InvalidValueException.quote(path) + " that can be read");
        }
    }
}
