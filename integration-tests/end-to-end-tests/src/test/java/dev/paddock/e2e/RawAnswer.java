package dev.paddock.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.error.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP response, byte for byte, and the outcome that a caller must see.
 *
 * @param name what is special about the response
 * @param call the call that it answers
 * @param response the bytes from the status line to the end
 * @param failure the kind of the failure in the library, or null for an answer
 * @param seen texts that the outcome contains as {@link RawCall} describes it
 * @param seenThroughGateway the same through the gateway, which may change the kind of a failure, but not the words of the server
 */
record RawAnswer(
        String name, RawCall call, byte[] response, @Nullable ErrorKind failure, List<String> seen, List<String> seenThroughGateway) {

    /** Returns a response that a caller can use. */
    static RawAnswer answer(String name, RawCall call, byte[] response, String... seen) {
        return new RawAnswer(name, call, response, null, List.of(seen), List.of(seen));
    }

    /** Returns a response that a caller must see as a failure. */
    static RawAnswer failure(String name, RawCall call, byte[] response, ErrorKind kind, String... seen) {
        return new RawAnswer(name, call, response, kind, List.of(seen), List.of(seen));
    }

    /** Returns this response with other texts that are seen through the gateway. */
    RawAnswer throughGateway(String... newSeen) {
        return new RawAnswer(name, call, response, failure, seen, List.of(newSeen));
    }

    /** Returns a response with status 200 and a length. */
    static byte[] ok(@Nullable String contentType, String body) {
        return response("200 OK", contentType, body.getBytes(UTF_8));
    }

    /** Returns a response with a length; the content type may be absent, and may have further header lines after it. */
    static byte[] response(String status, @Nullable String contentType, byte[] body) {
        String type = contentType == null ? "" : "Content-Type: " + contentType + "\r\n";
        return bytes("HTTP/1.1 " + status + "\r\n" + type + "Content-Length: " + body.length + "\r\n\r\n", body);
    }

    /** Returns a response with status 200 that the end of the connection ends. */
    static byte[] untilClose(@Nullable String contentType, String body) {
        String type = contentType == null ? "" : "Content-Type: " + contentType + "\r\n";
        return bytes("HTTP/1.1 200 OK\r\n" + type + "Connection: close\r\n\r\n", body.getBytes(UTF_8));
    }

    /** Returns server-sent events, one for each line of data. */
    static String events(String... data) {
        return "data: " + String.join("\n\ndata: ", data) + "\n\n";
    }

    /** Returns lines. */
    static String lines(String... lines) {
        return String.join("\n", lines) + "\n";
    }

    private static byte[] bytes(String head, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** Returns the name for the report of the tests. */
    @Override
    public String toString() {
        return call + ": " + name;
    }
}
