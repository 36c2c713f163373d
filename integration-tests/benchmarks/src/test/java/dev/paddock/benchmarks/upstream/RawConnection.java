package dev.paddock.benchmarks.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that knows nothing but sockets. */
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream input;
    private int length;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        input = new BufferedInputStream(socket.getInputStream());
    }

    static String request(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    void post(String path, String body) throws IOException {
        send(request(path, body));
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            head.append(line).append("\r\n");
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        return head.toString();
    }

    String readBody() throws IOException {
        return new String(input.readNBytes(length), ISO_8859_1);
    }

    List<String> readChunks() throws IOException {
        List<String> chunks = new ArrayList<>();
        for (int size = readSize(); size > 0; size = readSize()) {
            chunks.add(new String(input.readNBytes(size), ISO_8859_1));
            readLine();
        }
        readLine();
        return chunks;
    }

    boolean atEnd() throws IOException {
        return input.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int readSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("the server closed within a line");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
