package dev.paddock.adapters.http.sim.format;

/** The content types that Ollama sends. */
public final class ContentTypes {
    public static final String JSON = "application/json; charset=utf-8";
    public static final String BARE_JSON = "application/json";
    public static final String LINES = "application/x-ndjson";
    public static final String EVENTS = "text/event-stream";
    public static final String TEXT = "text/plain; charset=utf-8";
    public static final String BARE_TEXT = "text/plain";

    private ContentTypes() {
    }
}
