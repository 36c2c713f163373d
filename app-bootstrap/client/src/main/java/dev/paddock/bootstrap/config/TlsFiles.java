package dev.paddock.bootstrap.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files with the certificates and the key of a client. Immutable; the text form contains no secrets.
 *
 * @param trust the certificates of the authorities that are trusted, in PEM or a key store, or null for those of the Java installation
 * @param trustPassword the password of that key store, or null
 * @param certificate the certificate of the client and those of its issuers, in PEM, or a key store with certificate and key, or null
 * @param key the private key in PEM, or null when it is in the file of the certificate
 * @param keyPassword the password of the key or of the key store, or null
 */
record TlsFiles(
        @Nullable LoadedFile trust,
        @Nullable String trustPassword,
        @Nullable LoadedFile certificate,
        @Nullable LoadedFile key,
        @Nullable String keyPassword) {

    private static final char[] NO_PASSWORD = {};

    /**
     * A file as it was when it was read.
     *
     * @param name the path of the file
     * @param octets the content, each byte as the character of its value
     */
    record LoadedFile(String name, String octets) {

        static LoadedFile of(String name, byte[] bytes) {
            return new LoadedFile(name, new String(bytes, StandardCharsets.ISO_8859_1));
        }

        private boolean isPem() {
            return PemFile.isPem(octets);
        }

        private PemFile pem() {
            return new PemFile(octets);
        }

        private ByteArrayInputStream stream() {
            return new ByteArrayInputStream(octets.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns the password of the key in {@link #identity()}. */
    char[] password() {
        return keyPassword == null ? NO_PASSWORD : keyPassword.toCharArray();
    }

    /** Returns the trusted certificates, at least one, or null for those of the Java installation. */
    @Nullable KeyStore trustedCertificates() throws GeneralSecurityException, IOException {
        if (trust == null) {
            return null;
        }
        if (!trust.isPem()) {
            KeyStore store = keyStore(trust, trustPassword);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    return store;
                }
            }
            throw new CertificateException("it has no certificate that is marked as trusted; a PEM file needs no mark");
        }
        KeyStore store = emptyStore();
        for (X509Certificate authority : trust.pem().certificates()) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return store;
    }

    /** Returns the certificate and the key of the client, or null if it has none. */
    @Nullable KeyStore identity() throws GeneralSecurityException, IOException {
        if (certificate == null) {
            return null;
        }
        if (!certificate.isPem()) {
            if (key != null) {
                throw new CertificateException("paddock.tls.key is for a certificate in PEM; a key store contains its key");
            }
            KeyStore store = keyStore(certificate, keyPassword);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return store;
                }
            }
            throw new UnrecoverableKeyException("it has no private key");
        }
        List<X509Certificate> chain = certificate.pem().certificates();
        PrivateKey own = (key == null ? certificate : key).pem().privateKey(keyPassword);
        if (!belongsTo(own, chain.getFirst())) {
            throw new UnrecoverableKeyException("the key does not belong to the first certificate");
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", own, password(), chain.toArray(new Certificate[0]));
        return store;
    }

    private static boolean belongsTo(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        byte[] sample = new byte[32];
        new SecureRandom().nextBytes(sample);
        Signature signature = Signature.getInstance(switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> "EdDSA";
        });
        if (key instanceof RSAKey rsa && key.getAlgorithm().equals("RSASSA-PSS")) { // has no default parameters
            signature.setParameter(
                    rsa.getParams() != null ? rsa.getParams() : new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        }
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(sample);
        return signature.verify(signed);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore keyStore(LoadedFile file, @Nullable String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12"); // of the JDK, it reads JKS, too
        try {
            store.load(file.stream(), password == null ? null : password.toCharArray());
            return store;
        } catch (IOException unreadable) {
            boolean isPassword = unreadable.getCause() instanceof UnrecoverableKeyException;
            throw new IOException(
                    isPassword ? "its password is not right" : "it is neither a PEM file nor a key store in PKCS#12", unreadable);
        }
    }

    @Override
    public String toString() {
        return "TlsFiles[trust=" + trust + ", certificate=" + certificate + ", key=" + key + "]";
    }
}
