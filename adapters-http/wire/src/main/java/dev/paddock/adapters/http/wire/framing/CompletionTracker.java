package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.adapters.http.wire.json.ReportedError;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Frame;
import java.util.BitSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Determines what each frame of one answer means, and whether the answer is complete. It reads the lines of Ollama, and the events of
 * OpenAI (chat, completions and responses) and of Anthropic, in any framing.
 *
 * <p>An answer is complete when every choice that was seen has its finish reason, or with the terminal frame of its API:
 * {@code "done":true}, {@code "status":"success"}, {@code message_stop}, {@code response.completed} and {@code response.incomplete}.
 * {@code [DONE]} only ends an answer that is complete. An error fails the answer in every form that {@link ReportedError} knows.
 *
 * <p>It costs little: a scan of the bytes passes the usual frame, and only a frame that contains a marker is parsed. A frame that is no
 * valid JSON is {@link FrameKind#DATA}: its decoder reports what is wrong. Not thread-safe.
 */
public final class CompletionTracker {

    private static final int MOST_CHOICES = 4096;
    private static final int LONGEST_HEARTBEAT = 128;

    private final String server;
    private final BitSet seen = new BitSet(); // the indexes of choices
    private final BitSet finished = new BitSet(); // those that have a finish reason
    private boolean started; // whether a piece of the answer was seen
    private boolean terminal;
    private @Nullable LlmException failure;
    private @Nullable LlmException unknown; // what the last frame says that is no piece of an answer

    /**
     * Creates a tracker at the start of an answer.
     *
     * @param server names the server, for messages
     */
    public CompletionTracker(String server) {
        this.server = requireNonNull(server, "server");
    }

    /** Adds the next frame and returns what it means; after a failure there is no next one. */
    public FrameKind add(Frame frame) {
        if (!frame.hasContent()) {
            return FrameKind.HEARTBEAT;
        }
        int end = frame.contentOffset() + frame.contentLength();
        boolean isObject = frame.bytes()[frame.contentOffset()] == '{'; // the usual line of Ollama, which need not be read as an event
        if (isObject && isUsual() && !MarkerScan.mayContainMarker(frame.bytes(), frame.contentOffset(), end)) {
            unknown = null;
            return FrameKind.DATA;
        }
        SseEvent event = SseEvent.parse(frame);
        FrameKind kind = event.isDone() ? endedByDone() : kindOf(event, frame);
        terminal |= kind == FrameKind.TERMINAL;
        if (kind != FrameKind.DATA || !isShortWithoutObject(frame)) {
            return kind;
        }
        noteUnknown(event);
        return FrameKind.HEARTBEAT;
    }

    /**
     * Returns the failure that a whole document reports, or null when it reports none. A scan of the bytes passes the usual document
     * without parsing it.
     */
    public static @Nullable LlmException failureIn(byte[] document, String server) {
        if (!MarkerScan.mayContainFailure(document, 0, document.length)) {
            return null;
        }
        CompletionTracker tracker = new CompletionTracker(server);
        return tracker.add(Frame.data(document)) == FrameKind.FAILURE ? tracker.failure() : null;
    }

    /** Returns whether the answer is complete, so that the body may end. */
    public boolean isComplete() {
        return terminal || (!finished.isEmpty() && seen.cardinality() == finished.cardinality());
    }

    /**
     * Returns the failure that the last frame means, if that was a {@link FrameKind#FAILURE}; otherwise the failure of an answer whose body
     * ends now although it is not complete. Its facts are empty.
     */
    public LlmException failure() {
        if (failure != null) {
            return failure;
        }
        return unknown == null
                ? new TruncatedResponseException(
                        "the answer of " + server + " ended before it was complete: it has no finish reason", ErrorFacts.NONE)
                : unknown;
    }

    private FrameKind endedByDone() {
        if (isComplete()) {
            return FrameKind.TERMINAL;
        }
        failure = started || unknown != null
                ? failure()
                : new MalformedResponseException("the answer of " + server + " has no choice", ErrorFacts.NONE);
        return FrameKind.FAILURE;
    }

    private FrameKind kindOf(SseEvent event, Frame frame) {
        FrameKind byName = kindOf(event.name());
        if (byName == FrameKind.FAILURE) {
            return fail(event, frame);
        }
        if (byName == FrameKind.HEARTBEAT) {
            return byName;
        }
        if (isUsual() && !MarkerScan.mayContainMarker(event.bytes(), event.dataOffset(), event.dataOffset() + event.dataLength())) {
            unknown = null;
            return byName;
        }
        FrameMarkers markers = FrameMarkers.of(event.bytes(), event.dataOffset(), event.dataLength());
        if (markers.hasError() || kindOf(markers.type()) == FrameKind.FAILURE) {
            return fail(event, frame);
        }
        if (kindOf(markers.type()) == FrameKind.HEARTBEAT) {
            return FrameKind.HEARTBEAT;
        }
        boolean isNamed = !event.name().isEmpty() && !event.name().equals("message");
        started |= markers.isPiece() || isNamed;
        note(markers.choices(), seen);
        note(markers.finishedChoices(), finished);
        if (markers.isPiece()) {
            unknown = null;
        } else if (!isComplete()) {
            noteUnknown(event);
        }
        boolean isLastLine = markers.isTerminal() && !isNamed;
        return byName == FrameKind.TERMINAL || isLastLine || kindOf(markers.type()) == FrameKind.TERMINAL
                ? FrameKind.TERMINAL
                : FrameKind.DATA;
    }

    /** Returns whether a frame without a marker changes nothing: it continues the first choice, or an answer without choices. */
    private boolean isUsual() {
        return started && seen.length() <= 1;
    }

    /** Returns what the name of an event means, or the {@code type} in its data. */
    private static FrameKind kindOf(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "ping", "heartbeat", "keepalive", "keep-alive" -> FrameKind.HEARTBEAT;
            case "error", "response.failed" -> FrameKind.FAILURE;
            case "message_stop", "response.completed", "response.incomplete" -> FrameKind.TERMINAL;
            default -> FrameKind.DATA;
        };
    }

    /** Some proxies keep a connection open by data such as {@code null}; no server sends a longer heartbeat. */
    private static boolean isShortWithoutObject(Frame frame) {
        if (frame.contentLength() > LONGEST_HEARTBEAT) {
            return false;
        }
        int end = frame.contentOffset() + frame.contentLength();
        for (int index = frame.contentOffset(); index < end; index++) {
            if (frame.bytes()[index] == '{' || frame.bytes()[index] == '[') {
                return false;
            }
        }
        return true;
    }

    private FrameKind fail(SseEvent event, Frame frame) {
        byte[] report = event.text();
        failure = reported(report, ErrorBodyParser.message(report, ErrorBodyParser.UNKNOWN), frame);
        return FrameKind.FAILURE;
    }

    /** Keeps the text of a frame that is no piece of an answer: it says why an answer does not come that ends without one. */
    private void noteUnknown(SseEvent event) {
        byte[] report = event.text();
        String message = FrameMarkers.unknownText(report);
        if (!message.isEmpty()) {
            unknown = reported(report, message, null);
        }
    }

    private LlmException reported(byte[] report, String message, @Nullable Frame frame) {
        ReportedError error = ReportedError.find(report);
        String text = error == null ? message : error.message(message);
        return new GenerationFailedException(
                server + " failed: " + text,
                ErrorFacts.NONE,
                new GenerationFailedException.Report(new String(report, UTF_8), error == null ? null : error.status(), frame));
    }

    private static void note(BitSet indexes, BitSet known) {
        if (!indexes.isEmpty() && indexes.length() <= MOST_CHOICES) {
            known.or(indexes);
        }
    }
}
