package dev.paddock.adapters.http.wire.framing;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;

/**
 * Classifies the events of the dialects of OpenAI (chat and responses) and Anthropic.
 *
 * <p>{@code [DONE]}, {@code message_stop}, {@code response.completed} and {@code response.incomplete} complete an
 * answer; {@code error}, {@code response.failed} and an {@code "error"} in the data that is not null fail it.
 */
enum SseClassifier implements FrameClassifier {
    INSTANCE;

    @Override
    public FrameKind classify(byte[] frame) {
        SseEvent event = SseEvent.parse(frame);
        return switch (event.name()) {
            case "error", "response.failed" -> FrameKind.FAILURE;
            case "message_stop", "response.completed", "response.incomplete" -> FrameKind.TERMINAL;
            default -> classifyData(event);
        };
    }

    @Override
    public String failureMessage(byte[] frame) {
        return ErrorBodyParser.message(SseEvent.parse(frame).data(), FailureText.UNKNOWN);
    }

    private static FrameKind classifyData(SseEvent event) {
        if (event.isDone()) {
            return FrameKind.TERMINAL;
        }
        boolean failed = MarkerScanner.mayContainMarker(event.data()) && FrameMarkers.of(event.data()).hasError();
        return failed ? FrameKind.FAILURE : FrameKind.DATA;
    }
}
