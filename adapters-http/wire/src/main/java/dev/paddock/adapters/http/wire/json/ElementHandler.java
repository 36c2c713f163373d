package dev.paddock.adapters.http.wire.json;

import java.io.IOException;

/** Takes the elements of one JSON array in order. */
@FunctionalInterface
public interface ElementHandler {

    /**
     * Takes one element. It must read the value, or {@link JsonReader#skip} it.
     *
     * @throws IOException if the JSON is broken
     */
    void accept(JsonReader value) throws IOException;
}
