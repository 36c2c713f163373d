package dev.paddock.tck.server;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Who a server says it is. The keys come with this kit and protect nothing; a script beside them makes new ones. */
public enum ServerIdentity {
    /** A certificate for localhost and 127.0.0.1 that the authority of this kit signed. */
    LOCAL,
    /** Such a certificate for another host, {@code other.example}. */
    WRONG_HOST,
    /** Such a certificate for localhost that is no longer valid. */
    EXPIRED,
    /** A certificate for localhost that signed itself. */
    SELF_SIGNED;

    private static final char[] PASSWORD = "password".toCharArray();

    /** Returns what a server with this identity speaks. */
    public SSLContext serverContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(name().toLowerCase(Locale.ROOT)), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns the context of a client that trusts the authority of this kit only. */
    public static SSLContext clientContext() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load("authority"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = ServerIdentity.class.getResourceAsStream(name + ".p12")) {
            store.load(input, PASSWORD);
        }
        return store;
    }
}
