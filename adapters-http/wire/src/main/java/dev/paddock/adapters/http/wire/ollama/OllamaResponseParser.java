package dev.paddock.adapters.http.wire.ollama;

import dev.paddock.adapters.http.wire.json.JsonReader;

/**
 * The fields of one line of an answer, or of the whole of it, and what they come to.
 *
 * @param <C> a piece of the answer
 */
interface OllamaResponseParser<C> extends JsonReader.Fields {

    /** Returns what one line of a stream says. */
    C chunk();

    /** Returns what an answer in one piece says; fails if its end is missing. */
    C onlyChunk();

    /** Returns the model that answers, as the server names it. */
    String model();

    /** Tells whether the answer ends with this. */
    boolean isLast();
}
