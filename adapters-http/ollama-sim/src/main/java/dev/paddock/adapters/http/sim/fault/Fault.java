package dev.paddock.adapters.http.sim.fault;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.ErrorTexts;
import dev.paddock.adapters.http.sim.json.GoJson;
import java.time.Duration;
import java.util.Map;

/**
 * One thing that goes wrong while a request is answered.
 *
 * <p>Faults are values; several may be combined for the same request, see {@link FaultScript}. Line counts are
 * counted from zero: {@code afterLines(0)} strikes before the first line of the body. A body that is not streamed
 * counts as one line. All counts and durations are zero or more; nothing may be null.
 */
public sealed interface Fault {
    /** Waits before anything is done with the request. */
    record Delay(Duration duration) implements Fault { }

    /** Waits at a gate before anything is done with the request. */
    record Hold(Latch gate) implements Fault { }

    /** Waits at a gate while the model loads; nothing happens when it is resident. */
    record HoldLoad(Latch gate) implements Fault { }

    /** Ends the connection without a single byte of answer. */
    record Disconnect(TcpClose ending) implements Fault { }

    /** Answers with a fixed status, type and body instead of what the server would have said. */
    record FixedResponse(int status, String contentType, String body, Map<String, String> headers) implements Fault {
        public FixedResponse {
            requireNonNull(contentType, "contentType");
            requireNonNull(body, "body");
            headers = Map.copyOf(headers);
        }
    }

    /** Sends bytes that are no HTTP response, then closes. */
    record GarbageBytes(String bytes) implements Fault { }

    /** The model runner dies: a real status before the first line, an error line after it. */
    record RunnerFailure(int afterLines, String message) implements Fault { }

    /** The answer is a 200 stream whose first line is an error, as servers before 0.12.6 sent. */
    record ErrorLineFirst(String message) implements Fault { }

    /** The answer ends cleanly without {@code "done":true}; one that is not streamed says {@code "done":false}. */
    record Truncate(int afterLines) implements Fault { }

    /** Nothing more comes until the client leaves. */
    record Stall(int afterLines) implements Fault { }

    /** Nothing more comes until the gate opens. */
    record HoldLines(int afterLines, Latch gate) implements Fault { }

    /** Every message carries this role. */
    record UnexpectedRole(String role) implements Fault { }

    /** One line is padded to at least this many bytes. */
    record HugeLine(int afterLines, int bytes) implements Fault { }

    /** One line is cut in the middle but ends with its line feed; the rest follows as if nothing had happened. */
    record MalformedLine(int afterLines) implements Fault { }

    /** The connection ends in the middle of a line. */
    record CutLine(int afterLines, TcpClose ending) implements Fault { }

    /** Lines are sent in groups, one segment for each group. */
    record JoinLines(int lines) implements Fault { }

    /** Every byte of the answer, head included, is preceded by a pause. */
    record SlowDrip(Duration perByte) implements Fault { }

    /** Content-Length promises more bytes than come; the connection then closes. */
    record ExcessContentLength(int missingBytes) implements Fault { }

    /** The connection ends after a complete answer that promised to keep it. */
    record CloseAfterResponse(TcpClose ending) implements Fault { }

    /** Oddities of the wire that need no detail. */
    enum Quirk implements Fault {
        /** Every byte of the body travels in its own chunk and segment. */
        SPLIT_EVERY_BYTE,
        /** Every multi-byte UTF-8 sequence is divided between chunks. */
        SPLIT_INSIDE_CHARACTERS,
        /** The last line of the body lacks its line feed. */
        NO_FINAL_LINE_FEED,
        /** The body ends without the terminating chunk, and the connection closes. */
        NO_LAST_CHUNK,
        /** The answer says {@code Connection: close} and the connection closes after it. */
        CONNECTION_CLOSE,
        /** The keys of every JSON object come in another order. */
        SHUFFLED_KEYS
    }

    /** Makes a {@link Delay}. */
    static Fault delay(Duration duration) {
        return new Delay(requireNonNull(duration, "duration"));
    }

    /** Makes a {@link Hold}. */
    static Fault hold(Latch gate) {
        return new Hold(requireNonNull(gate, "gate"));
    }

    /** Makes a {@link HoldLoad}. */
    static Fault holdLoad(Latch gate) {
        return new HoldLoad(requireNonNull(gate, "gate"));
    }

    /** Makes a {@link Disconnect} by FIN. */
    static Fault closeBeforeHead() {
        return new Disconnect(TcpClose.CLOSE);
    }

    /** Makes a {@link Disconnect} by RST. */
    static Fault resetBeforeHead() {
        return new Disconnect(TcpClose.RESET);
    }

    /** Answers with a status and Ollama's error object. */
    static Fault status(int status, String message) {
        return new FixedResponse(status, ContentTypes.JSON, GoJson.error(message), Map.of());
    }

    /** Answers 503 as a server whose queue is full. */
    static Fault busy() {
        return status(503, ErrorTexts.QUEUE_FULL);
    }

    /**
     * Answers 429 with a Retry-After header.
     *
     * @param retryAfter the header's value as sent: seconds, a date, or garbage
     */
    static Fault tooManyRequests(String retryAfter) {
        return new FixedResponse(429, ContentTypes.JSON, GoJson.error("too many requests"), Map.of("Retry-After", retryAfter));
    }

    /** Answers 502 with the HTML page of a proxy. */
    static Fault badGatewayPage() {
        return new FixedResponse(502, "text/html", "<html><body><h1>502 Bad Gateway</h1></body></html>\r\n", Map.of());
    }

    /** Makes a {@link GarbageBytes} head. */
    static Fault garbageStatusLine() {
        return new GarbageBytes("SSH-2.0-OpenSSH_9.6\r\n\r\n");
    }

    /** Makes a {@link RunnerFailure} with the text of a runner that was lost while answering. */
    static Fault errorAfterLines(int lines) {
        return new RunnerFailure(lines, lines == 0 ? ErrorTexts.RUNNER_STOPPED : ErrorTexts.RUNNER_LOST);
    }

    /** Makes an {@link ErrorLineFirst} with the text of a runner that was lost. */
    static Fault errorLineFirst() {
        return new ErrorLineFirst(ErrorTexts.RUNNER_LOST);
    }

    /** Makes a {@link Truncate}. */
    static Fault truncateAfterLines(int lines) {
        return new Truncate(lines);
    }

    /** Makes a {@link Stall}. */
    static Fault stallAfterLines(int lines) {
        return new Stall(lines);
    }

    /** Makes a {@link HoldLines}. */
    static Fault holdAfterLines(int lines, Latch gate) {
        return new HoldLines(lines, requireNonNull(gate, "gate"));
    }

    /** Makes a {@link CutLine} by FIN. */
    static Fault closeAfterLines(int lines) {
        return new CutLine(lines, TcpClose.CLOSE);
    }

    /** Makes a {@link CutLine} by RST. */
    static Fault resetAfterLines(int lines) {
        return new CutLine(lines, TcpClose.RESET);
    }
}
