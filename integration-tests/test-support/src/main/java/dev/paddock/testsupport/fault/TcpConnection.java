package dev.paddock.testsupport.fault;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Our end of a TCP connection, which sends every piece as a segment of its own where it can. Thread-safe. */
public final class TcpConnection implements AutoCloseable {

    private final Socket socket;
    private volatile Socket spoken;
    private final CountDownLatch closed = new CountDownLatch(1);

    private TcpConnection(Socket socket) {
        this.socket = socket;
        this.spoken = socket;
    }

    /** Returns the end that a connected socket is, which belongs to it from now on. */
    public static TcpConnection over(Socket socket) throws SocketException {
        requireNonNull(socket, "socket").setTcpNoDelay(true);
        return new TcpConnection(socket);
    }

    /**
     * Speaks TLS as a server from now on; returns when the handshake is done. Streams taken before are of no more use.
     *
     * @throws IOException if the peer does not want it, or goes away
     */
    public void secure(SSLContext context) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        spoken = secured;
    }

    /**
     * Speaks TLS as a server that demands a certificate of its client. When it rejects the client, it waits until that has left: data on
     * their way to a closed connection could destroy the reason before the client has read it.
     *
     * @param version the only version of TLS, for example {@code TLSv1.3}
     * @throws IOException if the client shows no certificate that the context trusts
     */
    public void secureForKnownClients(SSLContext context, String version) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), false);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(new String[] {version});
        secured.setNeedClientAuth(true);
        try {
            secured.startHandshake();
        } catch (IOException rejected) {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            throw rejected;
        }
        spoken = secured;
    }

    /** Returns what the peer sends. */
    public InputStream input() throws IOException {
        return spoken.getInputStream();
    }

    /** Returns the stream to the peer through the given toxic; closing it ends this direction only. */
    public OutputStream output(Toxic toxic) throws IOException {
        return toxic.on(new ForwardingOutputStream(spoken.getOutputStream()) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (length > 0) {
                    next().write(bytes, offset, length);
                }
            }

            @Override
            public void close() throws IOException {
                spoken.shutdownOutput();
            }
        }, this);
    }

    /**
     * Returns when the given time has passed; at once if it is zero or less.
     *
     * @throws IOException if the connection is closed here meanwhile
     */
    public void pause(Duration time) throws IOException {
        if (!time.isPositive()) {
            return;
        }
        try {
            if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SocketException("The connection was closed during a wait");
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted during a wait");
        }
    }

    /** Closes the connection by a reset (RST) instead of an orderly end. Does nothing to one that is closed. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException alreadyClosed) {
            // Then there is nothing to reset.
        }
        close();
    }

    /** Closes the connection and ends the waits of its toxics. */
    @Override
    public void close() {
        closed.countDown();
        try {
            // Not the secured one, which would say goodbye first: a fault does not.
            socket.close();
        } catch (IOException failure) {
            // Nothing depends on it.
        }
    }
}
