package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes JSON the way one exchange wants it. */
interface JsonText {
    String text(JsonNode node);
}
