package dev.paddock.adapters.http.sim;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client of nothing but a socket, so that every byte the simulator sends can be seen. */
final class RawClient implements AutoCloseable {
    private static final int READ_LIMIT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(OllamaSimulator simulator) throws IOException {
        socket = new Socket("127.0.0.1", simulator.port());
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** A head as it came, the names of its headers in lower case. */
    record Head(String statusLine, List<String> lines) {
        int status() {
            return Integer.parseInt(statusLine.split(" ", -1)[1]);
        }

        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ": ";
            return lines.stream().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length()))
                .findFirst().orElse("");
        }
    }

    /** A head with its whole body; {@code chunks} is empty unless the body was chunked. */
    record Response(Head head, String body, List<String> chunks) {
        int status() {
            return head.status();
        }

        List<String> lines() {
            return body.lines().toList();
        }
    }

    RawClient send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return this;
    }

    RawClient request(String method, String path, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n"
            + body);
    }

    RawClient post(String path, String body) throws IOException {
        return request("POST", path, body.replace('\'', '"'));
    }

    Response exchange(String path, String body) throws IOException {
        return post(path, body).response();
    }

    Response get(String path) throws IOException {
        return request("GET", path, "").response();
    }

    Head head() throws IOException {
        String statusLine = line();
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            lines.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
        }
        return new Head(statusLine, lines);
    }

    Response response() throws IOException {
        Head head = head();
        if (head.header("Transfer-Encoding").equals("chunked")) {
            List<byte[]> chunks = new ArrayList<>();
            for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
                chunks.add(chunk);
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            chunks.forEach(body::writeBytes);
            return new Response(head, body.toString(StandardCharsets.UTF_8),
                chunks.stream().map(chunk -> new String(chunk, StandardCharsets.UTF_8)).toList());
        }
        String length = head.header("Content-Length");
        byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Response(head, new String(body, StandardCharsets.UTF_8), List.of());
    }

    /** The next chunk; empty for the last. */
    byte[] chunk() throws IOException {
        int size = Integer.parseInt(line(), 16);
        byte[] chunk = in.readNBytes(size);
        if (chunk.length < size) {
            throw new EOFException("inside a chunk");
        }
        if (!line().isEmpty()) {
            throw new IOException("no line end after a chunk");
        }
        return chunk;
    }

    String chunkText() throws IOException {
        return new String(chunk(), StandardCharsets.UTF_8);
    }

    /** The next byte, or -1 when the server has closed. */
    int read() throws IOException {
        return in.read();
    }

    boolean hasBytes() throws IOException {
        return in.available() > 0;
    }

    byte[] readRest() throws IOException {
        return in.readAllBytes();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("inside a line: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).replaceAll("\r$", "");
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
