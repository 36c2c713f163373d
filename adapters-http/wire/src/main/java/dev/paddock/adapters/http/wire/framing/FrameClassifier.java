package dev.paddock.adapters.http.wire.framing;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.Arrays;

/**
 * Determines what a frame means, at little cost: a scan of the bytes passes the usual frame, and only a frame that contains a marker is
 * parsed. A frame that is no valid JSON is {@link FrameKind#DATA}: its decoder reports what is wrong. Thread-safe.
 */
public final class FrameClassifier {

    private FrameClassifier() {}

    /**
     * Returns what a frame means.
     *
     * <p>A line is judged as Ollama's own dialect writes it: {@code "done":true} or {@code "status":"success"} completes an answer, and
     * {@code "error"} fails it, whatever else the line contains; only fields of the outermost object count. An event is judged as the
     * dialects of OpenAI (chat and responses) and Anthropic write it: {@code [DONE]}, {@code message_stop},
     * {@code response.completed} and {@code response.incomplete} complete an answer; {@code error}, {@code response.failed} and an
     * {@code "error"} in the data that is not null fail it. A part of a document is always data.
     */
    public static FrameKind classify(Framing framing, Frame frame) {
        return switch (framing) {
            case LINES -> classifyLine(frame);
            case EVENTS -> classifyEvent(SseEvent.parse(frame));
            case DOCUMENT -> FrameKind.DATA;
        };
    }

    /** Returns the server's own error text in a frame of kind {@link FrameKind#FAILURE}; never empty. */
    public static String failureMessage(Framing framing, Frame frame) {
        byte[] body = framing == Framing.EVENTS
                ? SseEvent.parse(frame).data()
                : Arrays.copyOfRange(frame.bytes(), frame.contentOffset(), frame.contentOffset() + frame.contentLength());
        return ErrorBodyParser.message(body, ErrorBodyParser.UNKNOWN);
    }

    private static FrameKind classifyLine(Frame line) {
        FrameMarkers markers = FrameMarkers.of(line.bytes(), line.contentOffset(), line.contentLength());
        if (markers.hasError()) {
            return FrameKind.FAILURE;
        }
        return markers.isDone() || markers.isSuccess() ? FrameKind.TERMINAL : FrameKind.DATA;
    }

    private static FrameKind classifyEvent(SseEvent event) {
        return switch (event.name()) {
            case "error", "response.failed" -> FrameKind.FAILURE;
            case "message_stop", "response.completed", "response.incomplete" -> FrameKind.TERMINAL;
            default -> {
                if (event.isDone()) {
                    yield FrameKind.TERMINAL;
                }
                FrameMarkers markers = FrameMarkers.of(event.bytes(), event.dataOffset(), event.dataLength());
                yield markers.hasError() ? FrameKind.FAILURE : FrameKind.DATA;
            }
        };
    }
}
