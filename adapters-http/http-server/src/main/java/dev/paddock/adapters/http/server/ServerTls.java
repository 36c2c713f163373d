package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a server proves who it is.
 *
 * @param keyStore a file in PKCS12 with the private key and the chain of certificates
 * @param password what protects the file and the key
 * @param handshakeTimeout the time for a handshake, after which the connection is closed
 */
public record ServerTls(Path keyStore, String password, Duration handshakeTimeout) {

    private static final Duration USUAL_LIMIT = Duration.ofSeconds(5);

    public ServerTls {
        requireNonNull(keyStore, "keyStore");
        requireNonNull(password, "password");
        requireNonNull(handshakeTimeout, "handshakeTimeout");
        if (!handshakeTimeout.isPositive()) {
            throw new IllegalArgumentException("handshakeTimeout must be positive: " + handshakeTimeout);
        }
    }

    /** Returns settings with a limit of 5 seconds for the handshake. */
    public static ServerTls of(Path keyStore, String password) {
        return new ServerTls(keyStore, password, USUAL_LIMIT);
    }

    /** Returns the file only: the password is a secret. */
    @Override
    public String toString() {
        return "ServerTls[" + keyStore + "]";
    }
}
