package dev.paddock.adapters.http.server.engine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client of nothing but a socket, so that every byte can be chosen and every byte can be seen. */
final class RawClient implements AutoCloseable {

    private static final int READ_LIMIT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(HttpServer server) throws IOException {
        this(new Socket("127.0.0.1", server.port()));
    }

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** A head as it came, the names of its fields in lower case. */
    record Head(String statusLine, List<String> lines) {

        int status() {
            return Integer.parseInt(statusLine.split(" ", -1)[1]);
        }

        String field(String name) {
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
    }

    RawClient send(String latin1) throws IOException {
        out.write(latin1.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    RawClient get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    RawClient post(String path, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
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
        if (head.field("Transfer-Encoding").equals("chunked")) {
            List<String> chunks = new ArrayList<>();
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                chunks.add(chunk);
            }
            return new Response(head, String.join("", chunks), chunks);
        }
        String length = head.field("Content-Length");
        byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new Response(head, new String(body, StandardCharsets.UTF_8), List.of());
    }

    /** The next chunk; empty for the last. */
    String chunk() throws IOException {
        int size = Integer.parseInt(line(), 16);
        byte[] chunk = in.readNBytes(size);
        if (chunk.length < size || !line().isEmpty()) {
            throw new EOFException("inside a chunk");
        }
        return new String(chunk, StandardCharsets.UTF_8);
    }

    /** Everything until the server ends the connection; a reset counts as an end. */
    String rest() throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                rest.write(next);
            }
        } catch (SocketException reset) {
            // what came before it counts
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    /** The next byte, or -1 when the server has closed. */
    int read() throws IOException {
        return in.read();
    }

    boolean hasBytes() throws IOException {
        return in.available() > 0;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("inside a line: " + line);
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).replaceAll("\r$", "");
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection before the test does. */
    void leave() throws IOException {
        socket.close();
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
