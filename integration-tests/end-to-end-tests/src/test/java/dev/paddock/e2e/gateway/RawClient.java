package dev.paddock.e2e.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client at the level of bytes, which sees how an answer ends. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream input;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new RawClient(socket);
    }

    /** Sends a request and returns its answer, over a connection of its own. */
    static RawResponse ask(int port, String method, String target, String body, String... fields) throws IOException {
        try (RawClient client = connect(port)) {
            client.send(method, target, body, fields);
            return client.read(method);
        }
    }

    /** Sends a request; a Host and a length are added if the fields have none. */
    void send(String method, String target, String body, String... fields) throws IOException {
        send(method, target, body.getBytes(UTF_8), fields);
    }

    void send(String method, String target, byte[] body, String... fields) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (List.of(fields).stream().noneMatch(field -> field.toLowerCase(Locale.ROOT).startsWith("host:"))) {
            head.append("Host: localhost\r\n");
        }
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        request.writeBytes(body);
        socket.getOutputStream().write(request.toByteArray());
        socket.getOutputStream().flush();
    }

    /** Reads an answer to its end, or to where the connection ends. */
    RawResponse read(String method) throws IOException {
        RawResponse head = readHead();
        return method.equals("HEAD") || head.status() == 204 ? head.with(new byte[0], true) : readBody(head);
    }

    /** Reads the body that belongs to a head, to its end or to where the connection ends. */
    RawResponse readBody(RawResponse head) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole;
        try {
            whole = head.first("Transfer-Encoding") == null ? readLength(head, body) : readChunks(body);
        } catch (IOException broken) {
            whole = false;
        }
        return head.with(body.toByteArray(), whole);
    }

    /** Reads the head of an answer. */
    RawResponse readHead() throws IOException {
        String statusLine = readLine();
        List<String> fields = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            fields.add(line);
        }
        return new RawResponse(statusLine, fields, new byte[0], false);
    }

    /** Reads so many bytes of whatever comes. */
    byte[] readBytes(int count) throws IOException {
        return input.readNBytes(count);
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private boolean readLength(RawResponse head, ByteArrayOutputStream body) throws IOException {
        int length = Integer.parseInt(head.first("Content-Length"));
        byte[] bytes = input.readNBytes(length);
        body.writeBytes(bytes);
        return bytes.length == length;
    }

    private boolean readChunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            int size = Integer.parseInt(readLine(), 16);
            byte[] bytes = input.readNBytes(size);
            body.writeBytes(bytes);
            if (bytes.length < size || !readLine().isEmpty()) {
                return false;
            }
            if (size == 0) {
                return true;
            }
        }
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new IOException("the answer ends in a line: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }
}
