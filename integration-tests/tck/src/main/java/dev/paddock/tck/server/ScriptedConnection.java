package dev.paddock.tck.server;

import dev.paddock.testsupport.fault.Toxic;
import dev.paddock.testsupport.fault.TcpConnection;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** The server's end of one connection, at the level of bytes. Confined to the thread that plays its script. */
public final class ScriptedConnection {

    private final TcpConnection wire;
    private final int number;
    private final Consumer<ReceivedRequest> received;
    private InputStream input;
    private OutputStream output;

    ScriptedConnection(TcpConnection wire, int number, Consumer<ReceivedRequest> received) throws IOException {
        this.wire = wire;
        this.number = number;
        this.input = new BufferedInputStream(wire.input());
        this.output = wire.output(Toxic.none());
        this.received = received;
    }

    /** Returns the number of this connection, counted from 1 in the order of acceptance. */
    public int number() {
        return number;
    }

    /** Lets the given toxic, and no other, act on what is sent from now on. */
    public void setToxic(Toxic toxic) throws IOException {
        output = wire.output(toxic);
    }

    /** Returns when the given time has passed, or fails when the server is closed meanwhile. */
    public void pause(Duration time) throws IOException {
        wire.pause(time);
    }

    /**
     * Speaks TLS from now on; returns when the handshake is done.
     *
     * @throws IOException if the peer does not want it, or goes away
     */
    public void secure(SSLContext context) throws IOException {
        wire.secure(context);
        input = new BufferedInputStream(wire.input());
        output = wire.output(Toxic.none());
    }

    /**
     * Speaks TLS from now on, and demands a certificate of the client.
     *
     * @param version the only version of TLS, for example {@code TLSv1.3}
     * @throws IOException if the client shows no certificate that the context trusts
     */
    public void secureForKnownClients(SSLContext context, String version) throws IOException {
        wire.secureForKnownClients(context, version);
        input = new BufferedInputStream(wire.input());
        output = wire.output(Toxic.none());
    }

    /** Passes on everything in both directions, to a server on the loopback interface, until both sides have ended. */
    public void forwardTo(int port) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().name("forwarded-back").start(() -> {
                try {
                    pass(server.getInputStream(), output);
                    output.close();
                } catch (IOException gone) {
                    wire.close();
                }
            });
            try {
                pass(input, server.getOutputStream());
                server.shutdownOutput();
                back.join();
            } catch (InterruptedException interrupted) {
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private static void pass(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            to.write(buffer, 0, count);
            to.flush();
        }
    }

    /** Reads so many bytes of whatever it is, and forgets them. */
    public void skip(int bytes) throws IOException {
        input.skipNBytes(bytes);
    }

    /** Waits for the first byte of a request; false when the peer has closed instead. */
    public boolean awaitRequest() throws IOException {
        input.mark(1);
        try {
            int first = input.read();
            input.reset();
            return first >= 0;
        } catch (SocketException reset) {
            return false;
        }
    }

    /**
     * Reads a whole request, which must have a Content-Length if it has a body.
     *
     * @throws IOException if the peer leaves in the middle of it, or ends a line of its head with a line feed alone
     */
    public ReceivedRequest readRequest() throws IOException {
        String requestLine = readLine();
        List<String> fields = new ArrayList<>();
        int length = 0;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            fields.add(line);
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        byte[] body = input.readNBytes(length);
        ReceivedRequest request =
                new ReceivedRequest(requestLine, fields, new String(body, StandardCharsets.UTF_8), number);
        received.accept(request);
        return request;
    }

    /** Sends a complete response with a Content-Length. */
    public void sendResponse(String status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        send("HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + bytes.length
                + "\r\n\r\n" + body);
    }

    /** Sends the head of a chunked response. */
    public void sendChunkedHead(String contentType) throws IOException {
        send("HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** Sends one chunk of a chunked body, in one segment. */
    public void sendChunk(String text) throws IOException {
        sendChunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one chunk of a chunked body, in one segment; the bytes are at least one. */
    public void sendChunk(byte[] bytes) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 16);
        chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(bytes);
        chunk.write('\r');
        chunk.write('\n');
        send(chunk.toByteArray());
    }

    /** Sends the chunk that ends a chunked body. */
    public void sendLastChunk() throws IOException {
        send("0\r\n\r\n");
    }

    /** Sends the text as it stands, in UTF-8. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the bytes as they stand; returns when they are on their way. */
    public void send(byte[] bytes) throws IOException {
        output.write(bytes);
        output.flush();
    }

    /**
     * Waits until the peer has closed or reset the connection; what it still sends is thrown away.
     *
     * @return whether the peer ended the connection in order
     */
    public boolean awaitDisconnect() {
        try {
            input.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    /** Closes the connection by a reset (RST) instead of an orderly end. */
    public void reset() {
        wire.reset();
    }

    /** Ends the server's side of the connection; the peer can still send. */
    public void shutdownOutput() throws IOException {
        output.close();
    }

    /** Returns a line of a head, without white space at its end, which must be what HTTP asks for (RFC 9112, section 2.2). */
    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the peer left in the middle of a request");
            }
            line.append((char) next);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new ProtocolException("a line of a request ends without a carriage return");
        }
        return line.toString().stripTrailing();
    }
}
