package dev.paddock.adapters.http.wire.ollama;

/** The media types of answers. Ollama ignores what a request accepts, but whoever stands before it may not. */
final class OllamaMediaTypes {

    private OllamaMediaTypes() {}

    static String ofAnswer(boolean stream) {
        return stream ? "application/x-ndjson" : "application/json";
    }
}
