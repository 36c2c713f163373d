package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponseWriter;
import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.Templates;
import java.util.List;

/**
 * Turns chunks into what a client of one API reads. Made for each answer; may remember what it has sent.
 *
 * <p>A chunk has the flat fields {@code model}, {@code content}, {@code thinking}, {@code tool_calls}, {@code done},
 * {@code done_reason} and so on, whatever the native endpoint calls them. The defaults are those of event streams.
 */
public interface AnswerFormat {
    /** The content type of a stream. */
    default String streamType() {
        return ContentTypes.EVENTS;
    }

    /** The content type of an answer in one piece. */
    default String wholeType() {
        return ContentTypes.BARE_JSON;
    }

    /** What is sent for one chunk, one segment for each element. */
    List<String> frames(ObjectNode chunk);

    /** What is sent when the model fails in the middle of a stream. */
    default List<String> failure(String message) {
        return List.of();
    }

    /** The body for all chunks merged into one. */
    String whole(ObjectNode answer);

    /**
     * Ollama's own format: one JSON object on each line, or a single object without a line feed.
     *
     * @param template the template of a chunk; empty when chunks are sent as they are
     */
    record NativeFormat(SimulatedResponseWriter json, String template, String wholeType) implements AnswerFormat {
        static final Templates TEMPLATES = new Templates(AnswerFormat.class, "native.json");

        /** The format of the endpoint {@code chat} or {@code generate}. */
        public static NativeFormat of(SimulatedResponseWriter responder, String template) {
            return new NativeFormat(responder, template, ContentTypes.JSON);
        }

        @Override
        public String streamType() {
            return ContentTypes.LINES;
        }

        @Override
        public List<String> frames(ObjectNode chunk) {
            return List.of(whole(chunk) + "\n");
        }

        @Override
        public List<String> failure(String message) {
            return List.of(json.text(GoJson.object().put("error", message)) + "\n");
        }

        @Override
        public String whole(ObjectNode answer) {
            return json.text(template.isEmpty() ? answer : TEMPLATES.fill(template, answer));
        }
    }
}
