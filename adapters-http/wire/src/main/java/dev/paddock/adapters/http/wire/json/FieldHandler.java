package dev.paddock.adapters.http.wire.json;

import java.io.IOException;

/** Takes the fields of one JSON object as they come, in any order. */
@FunctionalInterface
public interface FieldHandler {

    /**
     * Takes one field. It must read the value, or {@link JsonReader#skip} it.
     *
     * @throws IOException if the JSON is broken
     */
    void accept(String name, JsonReader value) throws IOException;
}
