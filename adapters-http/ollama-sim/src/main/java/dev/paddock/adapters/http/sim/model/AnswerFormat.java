package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.ContentTypes;
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
}
