package dev.paddock.adapters.http.wire.openai;

/** The media types of answers. */
final class OpenAiMediaTypes {

    private OpenAiMediaTypes() {}

    static String ofAnswer(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }
}
