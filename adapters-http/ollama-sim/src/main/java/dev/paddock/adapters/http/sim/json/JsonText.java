package dev.paddock.adapters.http.sim.json;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes JSON the way one exchange wants it. */
public interface JsonText {
    String text(JsonNode node);
}
