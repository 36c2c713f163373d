package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.JsonText;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** What all objects of one answer in the OpenAI dialect have in common. */
final class OpenAiFrames {
    static final String DONE = "data: [DONE]\n\n";
    /** Ids are drawn from so few that they are not unique, as Ollama's. */
    private static final int IDS = 999;

    private final JsonText json;
    private final String model;
    private final OllamaRelease style;
    private final int number = ThreadLocalRandom.current().nextInt(IDS);
    private final long created = Instant.now().getEpochSecond();

    OpenAiFrames(JsonText json, String model, OllamaRelease style) {
        this.json = json;
        this.model = model;
        this.style = style;
    }

    boolean repeatsRole() {
        return style == OllamaRelease.OLD;
    }

    ObjectNode envelope(String idPrefix, String object) {
        return GoJson.object().put("id", idPrefix + number).put("object", object)
            .put("created", repeatsRole() ? Instant.now().getEpochSecond() : created)
            .put("model", model).put("system_fingerprint", "fp_ollama");
    }

    String frame(JsonNode node) {
        return "data: " + json.text(node) + "\n\n";
    }

    String body(JsonNode node) {
        return json.text(node) + "\n";
    }

    static ObjectNode usage(ObjectNode answer) {
        int prompt = answer.path("prompt_eval_count").asInt();
        int completion = answer.path("eval_count").asInt();
        return GoJson.object().put("prompt_tokens", prompt).put("completion_tokens", completion)
            .put("total_tokens", prompt + completion);
    }

    /** Tool calls with their arguments as text. */
    static ArrayNode toolCalls(JsonNode calls) {
        ArrayNode translated = GoJson.array();
        for (JsonNode call : calls) {
            JsonNode function = call.path("function");
            ObjectNode target = translated.addObject()
                .put("id", call.path("id").asText("call_" + ErrorBodyFormat.randomHex().substring(0, 8)))
                .put("index", function.path("index").asInt())
                .put("type", "function");
            target.putObject("function").put("name", function.path("name").asText())
                .put("arguments", GoJson.text(function.path("arguments")));
        }
        return translated;
    }
}
