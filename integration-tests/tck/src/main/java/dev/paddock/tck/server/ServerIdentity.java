package dev.paddock.tck.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

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
        return context(this, false);
    }

    /** Returns what a server with this identity speaks that accepts clients with a certificate of this kit's authority. */
    public SSLContext serverContextForKnownClients() {
        return context(this, true);
    }

    /** Returns the context of a client that trusts the authority of this kit only. */
    public static SSLContext clientContext() {
        return context(null, true);
    }

    /** Returns the context of such a client that shows this identity to each server that asks, even when the server will not accept it. */
    public SSLContext contextAsClient() {
        return context(this, true);
    }

    private static SSLContext context(@Nullable ServerIdentity shown, boolean isTrusting) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load("authority"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    shown == null ? null : new KeyManager[] {shown.keyManager()},
                    isTrusting ? trust.getTrustManagers() : new TrustManager[0],
                    null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private X509ExtendedKeyManager keyManager() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(name().toLowerCase(Locale.ROOT)), PASSWORD);
        return new OnlyKey((X509ExtendedKeyManager) keys.getKeyManagers()[0]);
    }

    private static KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream input = ServerIdentity.class.getResourceAsStream(name + ".p12")) {
            store.load(input, PASSWORD);
        }
        return store;
    }

    /** Offers its key whatever authorities the other side names. */
    private static final class OnlyKey extends X509ExtendedKeyManager {

        private static final String ALIAS = "server";

        private final X509ExtendedKeyManager keys;

        private OnlyKey(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return ALIAS;
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return keys.getServerAliases(keyType, issuers);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return keys.chooseEngineServerAlias(keyType, issuers, engine);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
