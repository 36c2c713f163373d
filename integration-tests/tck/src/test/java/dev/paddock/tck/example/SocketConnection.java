package dev.paddock.tck.example;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One connection, which reports its own life. Used by one call at a time; closing works from any thread. */
final class SocketConnection {

    private enum Life {
        NEW,
        OPEN,
        CLOSED
    }

    private static final int LONGEST_LINE = 8192;

    private final Endpoint endpoint;
    private final TransportSettings settings;
    private final ConnectionListener listener;
    private final Socket socket = new Socket();
    private final AtomicReference<Life> life = new AtomicReference<>(Life.NEW);
    private volatile Socket active = socket;
    private InputStream input = InputStream.nullInputStream();
    private OutputStream output = OutputStream.nullOutputStream();
    private Duration idleLimit = Duration.ZERO;
    private long openedAt;
    private long unusedSince;
    private boolean served;

    SocketConnection(Endpoint endpoint, TransportSettings settings, ConnectionListener listener) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.listener = listener;
    }

    void open(Consumer<CallPhase> progress) throws IOException {
        long start = System.nanoTime();
        progress.accept(CallPhase.CONNECT);
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(endpoint.host());
        }
        socket.setTcpNoDelay(true);
        socket.connect(address, Math.toIntExact(settings.connectTimeout().toMillis()));
        if (endpoint.secure()) {
            progress.accept(CallPhase.TLS);
            active = secure();
        }
        input = new BufferedInputStream(active.getInputStream());
        output = active.getOutputStream();
        openedAt = System.nanoTime();
        if (!life.compareAndSet(Life.NEW, Life.OPEN)) {
            throw new IOException("closed while it was opened");
        }
        listener.opened(Duration.ofNanos(openedAt - start));
        listener.leased(false);
    }

    private SSLSocket secure() throws IOException {
        SSLContext context = settings.tls();
        SSLSocketFactory factory =
                context == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : context.getSocketFactory();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(Math.toIntExact(settings.tlsTimeout().toMillis()));
        secured.startHandshake();
        secured.setSoTimeout(0);
        return secured;
    }

    OutputStream output() {
        return output;
    }

    boolean hasInput() throws IOException {
        return input.available() > 0;
    }

    int read(byte[] buffer, int offset, int length) throws IOException {
        return input.read(buffer, offset, length);
    }

    /** Waits for the first byte of a response. */
    void awaitInput() throws IOException {
        input.mark(1);
        if (input.read() < 0) {
            throw new EOFException("the connection ended instead of a response");
        }
        input.reset();
    }

    /** Reads a line of a head or of a chunk. */
    String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within a line");
            }
            if (line.length() == LONGEST_LINE) {
                throw new ProtocolException("a line is too long");
            }
            line.append((char) next);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new ProtocolException("a line ends without CR");
        }
        return line.substring(0, line.length() - 1);
    }

    /** Tells whether the server has left or has said something that nobody asked for. */
    boolean isStale() {
        try {
            active.setSoTimeout(1);
            input.read();
            return true;
        } catch (SocketTimeoutException silent) {
            return restoreWaiting();
        } catch (IOException broken) {
            return true;
        }
    }

    private boolean restoreWaiting() {
        try {
            active.setSoTimeout(0);
            return false;
        } catch (IOException broken) {
            return true;
        }
    }

    private boolean isOlderThan(Duration age) {
        return System.nanoTime() - openedAt > age.toNanos();
    }

    boolean isUnusedFor(Duration time) {
        return System.nanoTime() - unusedSince >= time.toNanos();
    }

    /** Notes that it is idle from now on. */
    void markIdle(ResponseHead head) {
        served = true;
        unusedSince = System.nanoTime();
        idleLimit = head.idleLimit(settings.lifetimes().idle());
    }

    /** Returns why it may not serve again, by the time, or null while it may. */
    @Nullable CloseReason tooOld() {
        if (isOlderThan(settings.lifetimes().total())) {
            return CloseReason.EXPIRED;
        }
        if (!isUnusedFor(idleLimit)) {
            return null;
        }
        return idleLimit.equals(settings.lifetimes().idle()) ? CloseReason.IDLE : CloseReason.EXPIRED;
    }

    boolean hasServed() {
        return served;
    }

    String id() {
        return Integer.toHexString(System.identityHashCode(this));
    }

    void close(CloseReason reason) {
        if (life.getAndSet(Life.CLOSED) == Life.OPEN) {
            listener.closed(reason);
        }
        try {
            // The socket below TLS: whoever closes does not wait for the server's farewell.
            socket.close();
        } catch (IOException alreadyBroken) {
            assert socket.isClosed();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
