package dev.paddock.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Frames bodies as the HTTP server of the Go language does, which Ollama stands on. */
enum ResponseFraming {
    KEEPING(""),
    CLOSING("Connection: close\r\n");

    static final String JSON = "application/json; charset=utf-8";

    /** Go's server sends a longer body before it knows its length. */
    private static final int LONGEST_WITH_LENGTH = 2048;
    private static final String DATE = "Date: Sun, 22 Nov 2026 12:00:00 GMT\r\n";
    private static final String END = "0\r\n\r\n";

    private final String connection;

    ResponseFraming(String connection) {
        this.connection = connection;
    }

    UpstreamResponse whole(String type, String body) {
        return whole("200 OK", type, body);
    }

    UpstreamResponse whole(String status, String type, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_WITH_LENGTH) {
            return burst(type, List.of(body));
        }
        return UpstreamResponse.atOnce(bytes(head(status, type) + "Content-Length: " + length + "\r\n\r\n" + body));
    }

    /** One chunk for each line, all at once. */
    UpstreamResponse burst(String type, List<String> lines) {
        return UpstreamResponse.atOnce(bytes(String.join("", chunked(type, lines))));
    }

    /** One chunk for each line, each on its own, the given time after the one before. */
    UpstreamResponse paced(String type, List<String> lines, Duration pace) {
        List<ByteBuffer> pieces = chunked(type, lines).stream().map(piece -> UpstreamResponse.direct(bytes(piece))).toList();
        return new UpstreamResponse(pieces, pace);
    }

    private List<String> chunked(String type, List<String> lines) {
        List<String> pieces = new ArrayList<>();
        for (String line : lines) {
            pieces.add(Integer.toHexString(bytes(line).length) + "\r\n" + line + "\r\n");
        }
        pieces.set(0, head("200 OK", type) + "Transfer-Encoding: chunked\r\n\r\n" + pieces.getFirst());
        pieces.set(pieces.size() - 1, pieces.getLast() + END);
        return pieces;
    }

    private String head(String status, String type) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + DATE + connection;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The bytes of a whole response.
     *
     * @param pieces each is written on its own
     * @param pace the time from one to the next
     */
    record UpstreamResponse(List<ByteBuffer> pieces, Duration pace) {

        UpstreamResponse {
            pieces = List.copyOf(pieces);
        }

        static UpstreamResponse atOnce(byte[] bytes) {
            return new UpstreamResponse(List.of(direct(bytes)), Duration.ZERO);
        }

        /** Returns a longer response: the pieces between the first and the last come several times. */
        UpstreamResponse repeated(int times) {
            List<ByteBuffer> longer = new ArrayList<>();
            longer.add(pieces.getFirst());
            for (int time = 0; time < times; time++) {
                longer.addAll(pieces.subList(1, pieces.size() - 1));
            }
            longer.add(pieces.getLast());
            return new UpstreamResponse(longer, pace);
        }

        /** Memory outside the heap, which the system writes from without another copy. */
        static ByteBuffer direct(byte[] bytes) {
            return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
        }
    }
}
