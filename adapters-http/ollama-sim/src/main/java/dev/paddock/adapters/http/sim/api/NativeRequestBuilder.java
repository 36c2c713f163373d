package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.format.Templates;

/**
 * Collects the native request that a request of another API means; what is not translated is ignored.
 *
 * @param target the native request so far
 */
record NativeRequestBuilder(ObjectNode target) {
    private static final Templates TEMPLATES = new Templates(NativeRequestBuilder.class, "requests.json");

    /** Begins with everything that is only named differently. */
    static NativeRequestBuilder of(String api, RequestFields source) {
        boolean unused = source.flag("stream", false); // refused here, so that the message names the other API's type
        return new NativeRequestBuilder(TEMPLATES.fill(api, source.node()));
    }

    /** Adds a message. */
    ObjectNode message(String role, String content) {
        return target.withArray("messages").addObject().put("role", role).put("content", content);
    }

    /** Adds a tool that is described in the way of an API. */
    void tool(String api, JsonNode tool) {
        target.withArray("tools").add(TEMPLATES.fill(api + " tool", tool));
    }

    /** Translates OpenAI's reasoning effort. */
    void think(String effort) {
        switch (effort) {
            case "" -> { }
            case "none" -> target.put("think", false);
            case "minimal", "low" -> target.put("think", "low");
            case "medium", "high", "max" -> target.put("think", effort);
            case "xhigh", "ultra" -> target.put("think", "max");
            default -> throw OllamaError.WRONG_EFFORT.with(effort);
        }
    }

    /** The text of a content that is a string or a list of blocks. */
    static String text(JsonNode content) {
        StringBuilder text = new StringBuilder(content.asText());
        content.forEach(block -> text.append(block.path("text").asText()));
        return text.toString();
    }
}
