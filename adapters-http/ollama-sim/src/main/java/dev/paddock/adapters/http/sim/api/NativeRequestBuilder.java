package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.OllamaError;
import dev.paddock.adapters.http.sim.format.RequestFields;

/** Collects the native request that a request of another API means; what is not translated is ignored. */
final class NativeRequestBuilder {
    private final RequestFields source;
    private final ObjectNode target;
    private final ArrayNode messages;
    private final ObjectNode options;

    /** Begins with the fields that all APIs name alike. */
    NativeRequestBuilder(RequestFields source) {
        this.source = source;
        this.target = GoJson.object().put("model", source.text("model")).put("stream", source.flag("stream", false));
        this.messages = target.putArray("messages");
        this.options = target.putObject("options");
    }

    ObjectNode target() {
        return target;
    }

    ArrayNode messages() {
        return messages;
    }

    ObjectNode options() {
        return options;
    }

    /** Adds a message. */
    ObjectNode message(String role, String content) {
        return messages.addObject().put("role", role).put("content", content);
    }

    /** Copies an option, if the source has it, to the native one of another name. */
    void option(String from, String to) {
        if (source.has(from)) {
            options.set(to, source.raw(from));
        }
    }

    /** Copies an option, or sets it when the source lacks it. */
    void option(String name, double otherwise) {
        options.put(name, otherwise);
        option(name, name);
    }

    /** Adds a tool. */
    void tool(JsonNode name, JsonNode parameters) {
        target.withArray("tools").addObject().put("type", "function").putObject("function")
            .put("name", name.asText()).set("parameters", parameters);
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

    /** The native request. */
    RequestFields build(String type) {
        return new RequestFields(target, type);
    }
}
