package dev.paddock.bootstrap.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The text of a PEM file: certificates (RFC 7468, section 5) and private keys in PKCS#8, encrypted or not. Immutable; messages never contain
 * anything of a key.
 */
final class PemFile {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private final String text;

    PemFile(String text) {
        this.text = text;
    }

    /** Returns whether a text is PEM. */
    static boolean isPem(String text) {
        return text.contains("-----BEGIN ");
    }

    private List<MatchResult> blocks(String kind) {
        return BLOCK.matcher(text).results().filter(block -> block.group(1).endsWith(kind)).toList();
    }

    /** Returns the certificates in their order, at least one. */
    List<X509Certificate> certificates() throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (MatchResult block : blocks("CERTIFICATE")) {
            certificates.add((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(block))));
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("it has no certificate");
        }
        return certificates;
    }

    /**
     * Returns the only private key.
     *
     * @param password the password of an encrypted key, or null
     */
    PrivateKey privateKey(@Nullable String password) throws GeneralSecurityException {
        List<MatchResult> keys = blocks("PRIVATE KEY");
        if (keys.size() != 1) {
            throw new InvalidKeySpecException(keys.isEmpty() ? "it has no private key" : "it has more than one private key");
        }
        MatchResult block = keys.getFirst();
        return switch (block.group(1)) {
            case "PRIVATE KEY" -> privateKey(new PKCS8EncodedKeySpec(bytes(block)));
            case "ENCRYPTED PRIVATE KEY" -> {
                if (password == null) {
                    throw new InvalidKeySpecException("its key is encrypted, and no password is set");
                }
                yield privateKey(decrypted(bytes(block), password));
            }
            default -> throw new InvalidKeySpecException("its key is not in PKCS#8; convert it with: openssl pkcs8 -topk8 -in OLD -out NEW");
        };
    }

    private static byte[] bytes(MatchResult block) throws InvalidKeySpecException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException invalid) {
            throw new InvalidKeySpecException("it is no valid PEM file");
        }
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] encrypted, String password) throws GeneralSecurityException {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
            AlgorithmParameters parameters = info.getAlgParameters();
            // The parameters of PBES2 name the algorithm, which has a name of its own otherwise.
            String algorithm = info.getAlgName().equals("PBES2") && parameters != null ? parameters.toString() : info.getAlgName();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray())),
                    parameters);
            return info.getKeySpec(cipher);
        } catch (IOException | GeneralSecurityException wrong) {
            throw new InvalidKeySpecException("its key cannot be decrypted: is the password right?", wrong);
        }
    }

    private static PrivateKey privateKey(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
        InvalidKeySpecException unknown = new InvalidKeySpecException("its key is not one of the kinds " + String.join(", ", ALGORITHMS));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException other) {
                unknown.addSuppressed(other);
            }
        }
        throw unknown;
    }
}
