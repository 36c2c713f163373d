package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Turns native chunks into what a client of one dialect reads. Made for each answer; may remember what it has said. */
interface AnswerFormat {
    /** The content type of a stream. */
    String streamType();

    /** The content type of an answer in one piece. */
    String wholeType();

    /** What is sent for one chunk, one segment for each element. */
    List<String> frames(ObjectNode chunk);

    /** What is sent when the model fails in the middle of a stream. */
    List<String> failure(String message);

    /** The body for all chunks merged into one. */
    String whole(ObjectNode answer);
}
