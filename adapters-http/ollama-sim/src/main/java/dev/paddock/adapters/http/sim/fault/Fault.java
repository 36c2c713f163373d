package dev.paddock.adapters.http.sim.fault;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
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
    /** A fault that strikes at one line of the answer. */
    sealed interface AtLine extends Fault {
        /** How many lines come before. */
        int afterLines();
    }

    /** Waits before anything is done with the request. */
    record Delay(Duration duration) implements Fault { }

    /** Waits at a latch before anything is done with the request. */
    record Hold(Latch latch) implements Fault { }

    /** Waits at a latch while the model loads; nothing happens when it is resident. */
    record HoldLoad(Latch latch) implements Fault { }

    /** Ends the connection without a single byte of answer. */
    record Disconnect(TcpClose ending) implements Fault { }

    /** Answers with a fixed status, type and body instead of the real answer. */
    record FixedResponse(int status, String contentType, String body, Map<String, String> headers) implements Fault {
        public FixedResponse {
            requireNonNull(contentType, "contentType");
            requireNonNull(body, "body");
            headers = Map.copyOf(headers);
        }
    }

    /** Answers with a status and a message in the error body of the API that was called. */
    record Refusal(int status, String message, Map<String, String> headers) implements Fault {
        public Refusal {
            requireNonNull(message, "message");
            headers = Map.copyOf(headers);
        }
    }

    /** Sends bytes that are no HTTP response, then closes. */
    record GarbageBytes(String bytes) implements Fault { }

    /** The model runner dies: a real status before the first line, an error line after it. */
    record RunnerFailure(int afterLines, String message) implements AtLine { }

    /** The answer is a 200 stream whose first line is an error, as servers before 0.12.6 sent. */
    record ErrorLineFirst(String message) implements Fault { }

    /** The answer ends cleanly without {@code "done":true}; one that is not streamed has {@code "done":false}. */
    record Truncate(int afterLines) implements AtLine { }

    /** Nothing more comes until the client disconnects. */
    record Stall(int afterLines) implements AtLine { }

    /** Nothing more comes until the latch opens. */
    record HoldLines(int afterLines, Latch latch) implements AtLine { }

    /** Every message carries this role. */
    record UnexpectedRole(String role) implements Fault { }

    /** One line is padded to at least this many bytes. */
    record HugeLine(int afterLines, int bytes) implements AtLine { }

    /** One line is cut in the middle but ends with its line feed; the rest follows as if nothing had happened. */
    record MalformedLine(int afterLines) implements AtLine { }

    /** The connection ends in the middle of a line. */
    record CutLine(int afterLines, TcpClose ending) implements AtLine { }

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
        /** The response has {@code Connection: close} and the connection closes after it. */
        CONNECTION_CLOSE,
        /** The keys of every JSON object come in another order. */
        SHUFFLED_KEYS
    }

    /** Answers with a status and Ollama's error object. */
    static Fault status(int status, String message) {
        return new FixedResponse(status, ContentTypes.JSON, error(message), Map.of());
    }

    private static String error(String message) {
        return GoJson.text(GoJson.object().put("error", message));
    }

    /** Answers 503 as a server whose queue is full. */
    static Fault busy() {
        return status(503, OllamaError.QUEUE_FULL.message());
    }

    /**
     * Answers 429 with a Retry-After header.
     *
     * @param retryAfter the header's value as sent: seconds, a date, or garbage
     */
    static Fault tooManyRequests(String retryAfter) {
        return new FixedResponse(429, ContentTypes.JSON, error("too many requests"), Map.of("Retry-After", retryAfter));
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
        return new RunnerFailure(lines, (lines == 0 ? OllamaError.RUNNER_STOPPED : OllamaError.RUNNER_LOST).message());
    }

    /** Makes an {@link ErrorLineFirst} with the text of a runner that was lost. */
    static Fault errorLineFirst() {
        return new ErrorLineFirst(OllamaError.RUNNER_LOST.message());
    }
}
