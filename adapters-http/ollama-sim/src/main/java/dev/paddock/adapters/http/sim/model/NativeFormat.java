package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponseWriter;
import dev.paddock.adapters.http.sim.format.ContentTypes;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.Templates;
import java.util.List;

/**
 * Ollama's own format: one JSON object on each line, or a single object without a line feed.
 *
 * @param template the template of a chunk; empty when chunks are sent as they are
 */
public record NativeFormat(SimulatedResponseWriter json, String template, String wholeType) implements AnswerFormat {
    static final Templates TEMPLATES = new Templates(NativeFormat.class, "native.json");

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
