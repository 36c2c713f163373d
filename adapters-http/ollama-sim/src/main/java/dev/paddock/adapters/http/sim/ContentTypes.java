package dev.paddock.adapters.http.sim;

/** The content types that Ollama sends. */
final class ContentTypes {
    static final String JSON = "application/json; charset=utf-8";
    static final String BARE_JSON = "application/json";
    static final String LINES = "application/x-ndjson";
    static final String EVENTS = "text/event-stream";
    static final String TEXT = "text/plain; charset=utf-8";
    static final String BARE_TEXT = "text/plain";

    private ContentTypes() {
    }
}
