package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The TLS settings of a server.
 *
 * @param keyStore a PKCS12 file with the private key and the certificate chain
 * @param password the password of the file and of the key
 * @param handshakeTimeout the time limit of a handshake, after which the connection is closed; positive
 */
public record ServerTls(Path keyStore, String password, Duration handshakeTimeout) {

    private static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

    public ServerTls {
        requireNonNull(keyStore, "keyStore");
        requireNonNull(password, "password");
        requireNonNull(handshakeTimeout, "handshakeTimeout");
        if (!handshakeTimeout.isPositive()) {
            throw new IllegalArgumentException("handshakeTimeout must be positive: " + handshakeTimeout);
        }
    }

    /** Returns settings with a handshake timeout of 5 seconds. */
    public static ServerTls of(Path keyStore, String password) {
        return new ServerTls(keyStore, password, DEFAULT_HANDSHAKE_TIMEOUT);
    }

    /** Returns only the file, because the password is a secret. */
    @Override
    public String toString() {
        return "ServerTls[" + keyStore + "]";
    }
}
