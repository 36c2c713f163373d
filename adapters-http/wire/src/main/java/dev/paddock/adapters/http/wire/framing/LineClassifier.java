package dev.paddock.adapters.http.wire.framing;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;

/**
 * Classifies the lines of Ollama's own dialect: {@code "done":true} or {@code "status":"success"} completes an answer,
 * and {@code "error"} fails it, whatever else stands in the line. Only fields of the outermost object count.
 */
enum LineClassifier implements FrameClassifier {
    INSTANCE;

    @Override
    public FrameKind classify(byte[] frame) {
        if (!MarkerScanner.mayContainMarker(frame)) {
            return FrameKind.DATA;
        }
        FrameMarkers signs = FrameMarkers.of(frame);
        if (signs.hasError()) {
            return FrameKind.FAILURE;
        }
        return signs.isDone() || signs.isSuccess() ? FrameKind.TERMINAL : FrameKind.DATA;
    }

    @Override
    public String failureMessage(byte[] frame) {
        return ErrorBodyParser.message(frame, FailureText.UNKNOWN);
    }
}
