package dev.paddock.adapters.http.spi.support;

import static dev.paddock.adapters.http.spi.support.SocketFailures.anyCause;
import static dev.paddock.adapters.http.spi.support.SocketFailures.mentions;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a TLS handshake failed, in the same sentences for every transport. The messages of TLS providers name classes and algorithms. */
final class TlsProblem {

    private static final String MISSING = "certificate_required";

    /** Before TLS 1.3 a server sends one of these also when it got no certificate. */
    private static final List<String> REFUSED = List.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "unknown_ca",
            "access_denied");

    private TlsProblem() {}

    /** Returns the sentence on a failure, without its period; null when the reason is another one. */
    static @Nullable String description(Throwable failure) {
        if (anyCause(failure, part -> part instanceof CertificateExpiredException || part instanceof CertificateNotYetValidException)) {
            return "the certificate of the server is not valid now";
        }
        if (mentions(failure, "No subject alternative") || mentions(failure, "No name matching")) {
            return "the certificate of the server is for another name";
        }
        if (mentions(failure, "unable to find valid certification path") || mentions(failure, "No trusted certificate")) {
            return "the certificate of the server is not trusted, because its issuer is unknown";
        }
        if (isAlert(failure, MISSING)) {
            return "the server asks for a certificate of this client, and got none";
        }
        if (isAlert(failure, "handshake_failure")) {
            return "the server ended the handshake: it may ask for a certificate of this client, or have no cipher in common with it";
        }
        return isRejection(failure) ? "the server does not accept the certificate of this client, or asks for one" : null;
    }

    /** Returns whether a failure is the rejection of a client by its server, which may arrive after the handshake. */
    static boolean isRejection(Throwable failure) {
        return isAlert(failure, MISSING) || REFUSED.stream().anyMatch(name -> isAlert(failure, name));
    }

    /** Returns whether the server has ended the connection with the given alert. */
    private static boolean isAlert(Throwable failure, String name) {
        return mentions(failure, "fatal alert: " + name);
    }
}
