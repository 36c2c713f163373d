package dev.paddock.adapters.http.apache5;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** The server's side of one connection, byte for byte. */
final class Peer {

    private final Socket socket;
    private final InputStream input;

    Peer(Socket socket) throws IOException {
        this.socket = socket;
        this.input = socket.getInputStream();
        socket.setSoTimeout(10_000);
    }

    /** Reads one request with its body and returns it as it stood on the wire; empty when the client ended instead. */
    String request() {
        try {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int value = input.read();
                if (value < 0) {
                    return "";
                }
                head.write(value);
            }
            String text = head.toString(StandardCharsets.ISO_8859_1);
            return text + new String(input.readNBytes(contentLength(text)), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .map(line -> Integer.parseInt(line.substring("content-length:".length()).trim()))
                .findFirst()
                .orElse(0);
    }

    void readBytes(int count) {
        try {
            input.readNBytes(count);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Closes the connection in the usual way. */
    void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Breaks the connection off. */
    void reset() {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException failure) {
            throw new UncheckedIOException(failure);
        }
        close();
    }
}
