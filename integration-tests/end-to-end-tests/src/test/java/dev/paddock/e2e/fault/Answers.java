package dev.paddock.e2e.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.testsupport.fault.Toxic;
import dev.paddock.tck.server.ScriptedConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Answers, good and bad, to a request that was read. */
final class Answers {

    private Answers() {}

    /** The answer of a healthy server: chunk by chunk if it is streamed. */
    static void good(ScriptedConnection connection, Call call) throws IOException {
        if (!call.isStreamed()) {
            connection.sendResponse("200 OK", call.contentType(), call.body());
            return;
        }
        connection.sendChunkedHead(call.contentType());
        for (String line : call.lines()) {
            connection.sendChunk(line);
        }
        connection.sendLastChunk();
    }

    /** Nothing. */
    static FaultyResponse nothing() {
        return (connection, call) -> {};
    }

    /** A good answer after some time; nothing of it is late once it has begun. */
    static FaultyResponse late(Duration time) {
        return (connection, call) -> {
            connection.pause(time);
            if (!call.isStreamed()) {
                good(connection, call);
                return;
            }
            String chunks = call.lines().stream().map(Answers::chunk).collect(Collectors.joining());
            connection.send("HTTP/1.1 200 OK\r\n" + type(call) + "Transfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
        };
    }

    /** Nothing, and no end either, until the peer has gone. */
    static FaultyResponse silence() {
        return (connection, call) -> connection.awaitDisconnect();
    }

    /** The second line of a streamed answer, so slowly that it never ends. */
    static FaultyResponse drip(Duration every) {
        return (connection, call) -> {
            connection.setToxic(Toxic.drip(every));
            connection.sendChunk(call.line("x".repeat(10_000), false));
        };
    }

    /** A good answer that is compressed. */
    static FaultyResponse gzip() {
        return (connection, call) -> {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (OutputStream output = new GZIPOutputStream(compressed)) {
                output.write(call.body().getBytes(UTF_8));
            }
            sendBytes(connection, call, "Content-Encoding: gzip\r\n", compressed.toByteArray());
        };
    }

    /** A good answer but for one byte that no text in UTF-8 has. */
    static FaultyResponse invalidUtf8() {
        return (connection, call) -> {
            String body = "{\"note\":\"\u00ff\"," + call.body().substring(1);
            sendBytes(connection, call, "", body.getBytes(ISO_8859_1));
        };
    }

    /** A reset of the connection. */
    static FaultyResponse reset() {
        return (connection, call) -> connection.reset();
    }

    /** These bytes instead of an answer. */
    static FaultyResponse bytes(String text) {
        return (connection, call) -> connection.send(text);
    }

    /** A complete answer with this status, these further fields (each ended by CR LF) and this error. */
    static FaultyResponse status(String status, String fields, String error) {
        String body = "{\"error\":\"" + error + "\"}";
        return bytes("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + fields + length(body) + body);
    }

    /** A good answer with these further fields, each ended by CR LF. */
    static FaultyResponse goodWithFields(String fields) {
        return (connection, call) ->
                connection.send("HTTP/1.1 200 OK\r\n" + type(call) + fields + length(call.body()) + call.body());
    }

    /** A head that announces the body of the call, and then this body instead. */
    static FaultyResponse announcedButSent(Function<Call, String> body) {
        return (connection, call) -> connection.send(
                "HTTP/1.1 200 OK\r\n" + type(call) + length(call.body()) + body.apply(call));
    }

    /** A complete answer with this body. */
    static FaultyResponse body(Function<Call, String> body) {
        return (connection, call) -> connection.send(
                "HTTP/1.1 200 OK\r\n" + type(call) + length(body.apply(call)) + body.apply(call));
    }

    /** The version of the server, with these further fields, each ended by CR LF. */
    static FaultyResponse version(String fields) {
        String body = "{\"version\":\"1\"}";
        return bytes("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + fields + length(body) + body);
    }

    /** The head of a chunked answer, and then these bytes. */
    static FaultyResponse chunked(Function<Call, String> bytes) {
        return (connection, call) -> {
            connection.sendChunkedHead(call.contentType());
            connection.send(bytes.apply(call));
        };
    }

    /** The first chunk with its text, and then something else. */
    static FaultyResponse firstLineThen(FaultyResponse rest) {
        return (connection, call) -> {
            connection.sendChunkedHead(call.contentType());
            connection.sendChunk(call.line("Hel", false));
            rest.play(connection, call);
        };
    }

    /** A good answer that suffers from a toxic. */
    static FaultyResponse goodThrough(Toxic toxic) {
        return (connection, call) -> {
            connection.setToxic(toxic);
            good(connection, call);
        };
    }

    /** One chunk of a chunked body as it stands on the wire. */
    static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    private static void sendBytes(ScriptedConnection connection, Call call, String fields, byte[] body)
            throws IOException {
        connection.send("HTTP/1.1 200 OK\r\n" + type(call) + fields + "Content-Length: " + body.length + "\r\n\r\n");
        connection.send(body);
    }

    private static String type(Call call) {
        return "Content-Type: " + call.contentType() + "\r\n";
    }

    private static String length(String body) {
        return "Content-Length: " + body.getBytes(UTF_8).length + "\r\n\r\n";
    }
}
