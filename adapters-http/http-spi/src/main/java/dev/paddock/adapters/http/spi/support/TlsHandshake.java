package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.TimeoutMillis;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** TLS on top of a connected socket, with the platform's verification of the host name. Stateless. */
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
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(protocols);
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(TimeoutMillis.of(settings.tlsTimeout()));
        secured.startHandshake();
        secured.setSoTimeout(0);
        // A session without a certificate has not been verified against the host name.
        Certificate[] peer = secured.getSession().getPeerCertificates();
        if (peer == null || peer.length == 0) {
            throw new SSLPeerUnverifiedException("The server has no certificate");
        }
        return secured;
    }
}
