package dev.paddock.adapters.http.gateway.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.exchange.Headers;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The forms of a streamed answer. */
enum StreamForm {

    /** Server-sent events: {@code context}, {@code text} for each piece, and {@code done} or {@code error}. */
    EVENTS("text/event-stream") {
        @Override
        byte[] context(Map<String, @Nullable Object> passages) {
            return event("context", passages);
        }

        @Override
        byte[] piece(String text) {
            return event("text", Map.of("text", text));
        }

        @Override
        byte[] done(Map<String, @Nullable Object> facts) {
            return event("done", facts);
        }

        @Override
        byte[] error(Map<String, @Nullable Object> failure) {
            return event("error", failure);
        }

        private static byte[] event(String name, Map<String, ? extends @Nullable Object> data) {
            return ("event: " + name + "\ndata: " + PlainJson.toText(data) + "\n\n").getBytes(UTF_8);
        }
    },

    /**
     * A line with the passages, then the text as it is: the form of earlier software of this kind. It has no room for the end, so that a failure
     * is a last line, and the response is not completed.
     */
    TEXT("text/plain; charset=utf-8") {
        @Override
        byte[] context(Map<String, @Nullable Object> passages) {
            return ("[[CTXJSON]]" + PlainJson.toText(passages) + "\n").getBytes(UTF_8);
        }

        @Override
        byte[] piece(String text) {
            return text.getBytes(UTF_8);
        }

        @Override
        byte[] done(Map<String, @Nullable Object> facts) {
            throw new UnsupportedOperationException("text has no event for its end");
        }

        @Override
        byte[] error(Map<String, @Nullable Object> failure) {
            return ("\n[[ERRORJSON]]" + PlainJson.toText(failure) + "\n").getBytes(UTF_8);
        }
    };

    private final String mediaType;

    StreamForm(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Returns events when the request accepts them, else text. */
    static StreamForm of(Headers request) {
        boolean acceptsEvents = request.elements("Accept").stream()
                .map(element -> element.toLowerCase(Locale.ROOT))
                .anyMatch(element -> element.equals("text/event-stream") || element.startsWith("text/event-stream;"));
        return acceptsEvents ? EVENTS : TEXT;
    }

    Headers headers() {
        return Headers.of("Content-Type", mediaType).with("Cache-Control", "no-store");
    }

    /** Returns whether the last event says how the answer ended; otherwise only the end of the response does. */
    boolean reportsItsEnd() {
        return this == EVENTS;
    }

    abstract byte[] context(Map<String, @Nullable Object> passages);

    abstract byte[] piece(String text);

    /** Returns the last event of an answer; only a form that {@linkplain #reportsItsEnd has one} may be asked. */
    abstract byte[] done(Map<String, @Nullable Object> facts);

    /** Returns the report of a failure inside the response. */
    abstract byte[] error(Map<String, @Nullable Object> failure);
}
