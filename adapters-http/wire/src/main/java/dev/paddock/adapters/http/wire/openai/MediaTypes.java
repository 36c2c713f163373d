package dev.paddock.adapters.http.wire.openai;

/** The media types of answers. */
final class MediaTypes {

    private MediaTypes() {}

    static String ofAnswer(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }
}
