package dev.paddock.adapters.http.wire.framing;

/** Takes every part of a document for data. */
enum DocumentClassifier implements FrameClassifier {
    INSTANCE;

    @Override
    public FrameKind classify(byte[] frame) {
        return FrameKind.DATA;
    }

    @Override
    public String failureMessage(byte[] frame) {
        return FailureText.UNKNOWN;
    }
}
