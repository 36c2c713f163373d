package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;
import java.util.List;

/** Translates requests of the OpenAI dialect into native ones, with what Ollama honours and no more. */
final class OpenAiRequest {
    private static final double DEFAULT_SAMPLING = 1.0;

    private OpenAiRequest() {
    }

    static RequestFields chat(RequestFields request) {
        ObjectNode target = common(request);
        target.set("messages", OpenAiMessages.translate(request));
        if (request.has("tools")) {
            target.set("tools", request.raw("tools"));
        }
        JsonNode format = request.raw("response_format");
        switch (format.path("type").asText()) {
            case "json_object" -> target.put("format", "json");
            case "json_schema" -> target.set("format", format.path("json_schema").path("schema"));
            default -> { }
        }
        String effort = request.text("reasoning_effort");
        think(target, effort.isEmpty() ? request.raw("reasoning").path("effort").asText() : effort);
        if (request.flag("logprobs").orElse(false)) {
            target.put("logprobs", true).put("top_logprobs", request.integer("top_logprobs").orElse(0));
        }
        return new RequestFields(target, "ChatRequest");
    }

    static RequestFields completion(RequestFields request) {
        ObjectNode target = common(request)
            .put("prompt", request.text("prompt"))
            .put("suffix", request.text("suffix"));
        return new RequestFields(target, "GenerateRequest");
    }

    private static ObjectNode common(RequestFields request) {
        ObjectNode target = GoJson.object()
            .put("model", request.text("model"))
            .put("stream", request.flag("stream").orElse(false));
        ObjectNode options = target.putObject("options");
        copy(request, "seed", options, "seed");
        copy(request, "max_tokens", options, "num_predict");
        copy(request, "frequency_penalty", options, "frequency_penalty");
        copy(request, "presence_penalty", options, "presence_penalty");
        sampling(request, "temperature", options);
        sampling(request, "top_p", options);
        stops(request.raw("stop"), options);
        return target;
    }

    private static void copy(RequestFields request, String from, ObjectNode options, String to) {
        if (request.has(from)) {
            options.set(to, request.raw(from));
        }
    }

    private static void sampling(RequestFields request, String name, ObjectNode options) {
        if (request.has(name)) {
            options.set(name, request.raw(name));
        } else {
            options.put(name, DEFAULT_SAMPLING);
        }
    }

    private static void stops(JsonNode stop, ObjectNode options) {
        if (stop.isTextual()) {
            options.putArray("stop").add(stop.textValue());
        } else if (stop.isArray()) {
            options.set("stop", stop);
        }
    }

    static void think(ObjectNode target, String effort) {
        switch (effort) {
            case "" -> { }
            case "none" -> target.put("think", false);
            case "minimal", "low" -> target.put("think", "low");
            case "medium", "high", "max" -> target.put("think", effort);
            case "xhigh", "ultra" -> target.put("think", "max");
            default -> throw new ApiException(400, "invalid reasoning value: '" + effort + "' (must be "
                + String.join(", ", List.of("\"high\"", "\"medium\"", "\"low\"", "\"max\"", "or \"none\"")) + ")");
        }
    }
}
