package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS on top of a connected socket, or an engine for it, with the platform's verification of the host name. Stateless. */
public final class TlsHandshake {

    private TlsHandshake() {}

    /**
     * Performs the handshake for a call, which enters the phase TLS. The TLS timeout limits each read here; the pool above the
     * transport limits the whole handshake.
     *
     * @param plain the connected socket; closing it ends the handshake, and closing the returned socket closes it
     * @param protocols the protocols to offer by ALPN, for example {@code http/1.1}; most preferred first
     * @throws IOException if the handshake fails, ends without a verified server, or meets a defect of the TLS provider; the
     *     socket is for the caller to close
     */
    public static SSLSocket perform(Socket plain, AbstractTransportCall call, String... protocols) throws IOException {
        call.enter(CallPhase.TLS);
        call.requireRunning();
        try {
            return perform(plain, call.transport().endpoint(), call.transport().settings(), protocols);
        } catch (RuntimeException defect) {
            throw new SSLException("The TLS provider failed", defect);
        }
    }

    private static SSLSocket perform(Socket plain, Endpoint endpoint, TransportSettings settings, String... protocols)
            throws IOException {
        SSLSocketFactory factory = settings.tls() == null
                ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                : settings.tls().getSocketFactory();
        SSLSocket secured = (SSLSocket) factory.createSocket(plain, endpoint.host(), endpoint.port(), true);
        secured.setSSLParameters(verifying(secured.getSSLParameters(), protocols));
        secured.setSoTimeout(TimeoutMillis.of(settings.tlsTimeout()));
        secured.startHandshake();
        secured.setSoTimeout(0);
        requireServer(secured.getSession());
        return secured;
    }

    private static SSLParameters verifying(SSLParameters parameters, String... protocols) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols);
        return parameters;
    }

    /** Requires a certificate: a session without one has not been verified against the host name. */
    private static void requireServer(SSLSession session) throws SSLPeerUnverifiedException {
        Certificate[] peer = session.getPeerCertificates();
        if (peer == null || peer.length == 0) {
            throw new SSLPeerUnverifiedException("The server has no certificate");
        }
    }

    /**
     * Returns an engine for a library that does not use sockets, with the same verification: after its handshake, call
     * {@link #requireServer(SSLEngine)}.
     *
     * @param protocols the protocols to offer by ALPN, for example {@code http/1.1}; most preferred first
     * @throws IOException if the platform has no TLS
     */
    public static SSLEngine engine(Endpoint endpoint, TransportSettings settings, String... protocols) throws IOException {
        SSLContext context = settings.tls();
        try {
            SSLEngine engine = (context == null ? SSLContext.getDefault() : context)
                    .createSSLEngine(endpoint.host(), endpoint.port());
            engine.setUseClientMode(true);
            engine.setSSLParameters(verifying(engine.getSSLParameters(), protocols));
            return engine;
        } catch (NoSuchAlgorithmException | RuntimeException defect) {
            throw new SSLException("The TLS provider failed", defect);
        }
    }

    /**
     * Requires that the server of an engine whose handshake is complete has shown a certificate.
     *
     * @throws SSLPeerUnverifiedException if not
     */
    public static void requireServer(SSLEngine engine) throws SSLPeerUnverifiedException {
        requireServer(engine.getSession());
    }
}
