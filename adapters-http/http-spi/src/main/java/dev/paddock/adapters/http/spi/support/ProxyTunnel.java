package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.HttpProxy;
import dev.paddock.adapters.http.spi.TimeoutMillis;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one tunnel through a proxy to a server that speaks TLS (RFC 9110, section 9.3.6): the request, and the answer in whatever
 * pieces it arrives. Used by one thread at a time.
 */
public final class ProxyTunnel {

    private static final int FIRST_FAILURE = 300;

    private final HttpProxy proxy;
    private final String target;
    private final ResponseHeadDecoder answer = new ResponseHeadDecoder();

    private ProxyTunnel(HttpProxy proxy, String target) {
        this.proxy = proxy;
        this.target = target;
    }

    /** Returns the tunnel that a new connection needs before TLS, or null if it needs none. */
    public static @Nullable ProxyTunnel needed(TransportState transport) {
        HttpProxy proxy = transport.settings().proxy();
        return proxy == null || !transport.endpoint().secure()
                ? null
                : new ProxyTunnel(proxy, transport.endpoint().authority());
    }

    /** Returns the request to send to the proxy. It may contain credentials. */
    public byte[] request() {
        String credentials = proxy.authorization();
        String text = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
                + (credentials == null ? "" : "Proxy-Authorization: " + credentials + "\r\n") + "\r\n";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * Takes the next byte of the answer.
     *
     * @return whether the tunnel is open; the next byte comes from the server then
     * @throws ProxyFailureException if the proxy opens none
     */
    public boolean accept(byte octet) throws ProxyFailureException {
        try {
            if (!answer.accept(octet)) {
                return false;
            }
        } catch (ProtocolException violation) {
            throw ProxyFailureException.malformed(violation);
        }
        int status = answer.head().status();
        if (status >= FIRST_FAILURE) {
            throw ProxyFailureException.answered(status, proxy.credentials() != null);
        }
        return true;
    }

    /**
     * Opens the tunnel over a connected socket, which waits for the answer in the calling thread.
     *
     * @param limit how long the proxy may take, positive
     * @throws IOException if the proxy opens none, takes too long, or the call ends; the socket is for the caller to close
     */
    void open(Socket socket, Duration limit, AbstractTransportCall call) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            socket.getOutputStream().write(request());
            InputStream input = socket.getInputStream(); // not buffered: what follows the answer is TLS
            boolean open = false;
            while (!open) {
                socket.setSoTimeout(TimeoutMillis.of(remaining(end)));
                int next = input.read();
                if (next < 0) {
                    throw ProxyFailureException.closed(new EOFException("The connection ended"));
                }
                open = accept((byte) next);
            }
            if (input.available() > 0) { // a server speaks TLS only when it was spoken to
                throw ProxyFailureException.malformed(new IOException("Bytes follow the answer of the proxy"));
            }
            socket.setSoTimeout(0);
        } catch (ProxyFailureException | SocketTimeoutException failure) {
            throw failure;
        } catch (IOException broken) {
            call.requireRunning();
            throw ProxyFailureException.closed(broken);
        }
    }

    private static Duration remaining(long end) throws SocketTimeoutException {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) {
            throw new SocketTimeoutException("The proxy has not answered in time");
        }
        return left;
    }
}
