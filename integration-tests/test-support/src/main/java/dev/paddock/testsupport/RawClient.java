package dev.paddock.testsupport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client over a plain socket, so that a test chooses every byte sent and sees every byte received.
 *
 * <p>A read fails with a {@link java.net.SocketTimeoutException} when nothing arrives for 20 seconds. Not thread-safe.
 */
public final class RawClient implements AutoCloseable {

    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** Connects to a port of the loopback address. */
    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Takes over a connected socket. */
    public RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /**
     * The head of a response as received.
     *
     * @param statusLine the first line
     * @param lines the header lines
     */
    public record Head(String statusLine, List<String> lines) {

        /** Returns the status code. */
        public int status() {
            return Integer.parseInt(statusLine.split(" ", -1)[1]);
        }

        /** Returns the first value of a header, or null if it is absent; the name's case does not matter. */
        public @Nullable String header(String name) {
            return headers(name).stream().findFirst().orElse(null);
        }

        /** Returns all values of a header in their order. */
        public List<String> headers(String name) {
            return lines.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }

        private boolean isChunked() {
            return "chunked".equals(header("Transfer-Encoding"));
        }
    }

    /**
     * A response as received.
     *
     * @param head its head
     * @param parts the chunks of a chunked body, without the last, empty one; otherwise the whole body
     * @param whole whether the body ended as its framing says; false if only the end of the connection ended it
     */
    public record Response(Head head, List<byte[]> parts, boolean whole) {

        /** Returns the status code. */
        public int status() {
            return head.status();
        }

        /** Returns the first value of a header, or null if it is absent. */
        public @Nullable String header(String name) {
            return head.header(name);
        }

        /** Returns all values of a header in their order. */
        public List<String> headers(String name) {
            return head.headers(name);
        }

        /** Returns the body without its chunk framing. */
        public byte[] bytes() {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            parts.forEach(body::writeBytes);
            return body.toByteArray();
        }

        /** Returns the body as UTF-8. */
        public String body() {
            return new String(bytes(), UTF_8);
        }

        /** Returns the lines of the body. */
        public List<String> lines() {
            return body().lines().toList();
        }

        /** Returns the chunks as UTF-8; empty unless the body was chunked. */
        public List<String> chunks() {
            return head.isChunked() ? parts.stream().map(part -> new String(part, UTF_8)).toList() : List.of();
        }
    }

    /** Sends these characters, each as one byte, and nothing else. */
    public RawClient send(String latin1) throws IOException {
        return send(latin1.getBytes(ISO_8859_1));
    }

    /** Sends these bytes and nothing else. */
    public RawClient send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Sends a GET. */
    public RawClient get(String target) throws IOException {
        return request("GET", target, "");
    }

    /** Sends a POST. */
    public RawClient post(String target, String body) throws IOException {
        return request("POST", target, body);
    }

    /** Sends a POST of JSON, in which single quotes stand for double quotes. */
    public RawClient postJson(String target, String json) throws IOException {
        return post(target, json.replace('\'', '"'));
    }

    /** Sends a POST as {@link #postJson} does and reads its response. */
    public Response exchange(String target, String json) throws IOException {
        return postJson(target, json).response();
    }

    /**
     * Sends a request; adds Host unless a header line has it, and Content-Length unless the body is empty and no POST.
     *
     * @param body is sent as UTF-8
     * @param headerLines for example {@code "Accept: text/plain"}
     */
    public RawClient request(String method, String target, String body, String... headerLines) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (Arrays.stream(headerLines).noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("host:"))) {
            head.append("Host: localhost\r\n");
        }
        for (String line : headerLines) {
            head.append(line).append("\r\n");
        }
        if (bytes.length > 0 || method.equals("POST")) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        request.writeBytes(bytes);
        return send(request.toByteArray());
    }

    /** Reads the head of a response. */
    public Head head() throws IOException {
        String statusLine = line();
        List<String> lines = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        return new Head(statusLine, lines);
    }

    /**
     * Reads a response. A body without a length lasts until the server closes the connection.
     *
     * @throws IOException if the connection ends before the body, by its framing, does
     */
    public Response response() throws IOException {
        Head head = head();
        List<byte[]> parts = new ArrayList<>();
        return new Response(head, parts, readBody(head, parts));
    }

    /** Reads the response to a request of this method to its end, or to where the connection ends. */
    public Response responseTo(String method) throws IOException {
        Head head = head();
        return method.equals("HEAD") || head.status() == 204 ? new Response(head, List.of(), true) : body(head);
    }

    /**
     * Reads the body that follows a head to its end, or to where the connection ends.
     *
     * @throws AssertionError if the head has neither a length nor chunks
     */
    public Response body(Head head) {
        if (!head.isChunked() && head.header("Content-Length") == null) {
            throw new AssertionError("neither a length nor chunks: " + head);
        }
        List<byte[]> parts = new ArrayList<>();
        try {
            return new Response(head, parts, readBody(head, parts));
        } catch (IOException broken) {
            return new Response(head, parts, false);
        }
    }

    /** Reads the next chunk; empty for the last. */
    public byte[] chunk() throws IOException {
        List<byte[]> chunk = new ArrayList<>();
        readChunk(chunk);
        return chunk.getFirst();
    }

    /** Reads the next chunk as UTF-8; empty for the last. */
    public String chunkText() throws IOException {
        return new String(chunk(), UTF_8);
    }

    /** Reads so many bytes, or fewer when the connection ends before. */
    public byte[] readBytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** Reads the next byte; -1 when the server has closed. */
    public int read() throws IOException {
        return in.read();
    }

    /** Reads all bytes until the server closes the connection; a reset is an error. */
    public byte[] bytesUntilClose() throws IOException {
        return in.readAllBytes();
    }

    /** Reads all characters, each of one byte, until the server ends the connection, by a close or by a reset. */
    public String textUntilEnd() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.write(next);
            }
        } catch (SocketException reset) {
            // What was received before it counts.
        }
        return text.toString(ISO_8859_1);
    }

    /** Returns whether bytes were received that are not read yet. */
    public boolean hasBytes() throws IOException {
        return in.available() > 0;
    }

    /** Ends the sending direction only. */
    public void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection by a reset. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends the connection where the compiler warns of a {@link #close} inside try-with-resources. */
    public void disconnect() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Adds what is received of the body; returns whether its framing, not the end of the connection, ended it. */
    private boolean readBody(Head head, List<byte[]> parts) throws IOException {
        if (head.isChunked()) {
            while (readChunk(parts) > 0) {
                // The chunk is added.
            }
            parts.removeLast();
            return true;
        }
        String length = head.header("Content-Length");
        parts.add(length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length)));
        if (length != null && parts.getFirst().length < Integer.parseInt(length)) {
            throw new EOFException("inside a body of " + length + " bytes");
        }
        return length != null;
    }

    private int readChunk(List<byte[]> parts) throws IOException {
        int size = Integer.parseInt(line(), 16);
        byte[] chunk = in.readNBytes(size);
        parts.add(chunk);
        if (chunk.length < size) {
            throw new EOFException("inside a chunk");
        }
        if (!line().isEmpty()) {
            throw new IOException("no line end after a chunk");
        }
        return size;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("inside a line: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).replaceAll("\r$", "");
    }
}
