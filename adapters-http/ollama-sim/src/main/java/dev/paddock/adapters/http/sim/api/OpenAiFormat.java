package dev.paddock.adapters.http.sim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.exchange.SimulatedResponseWriter;
import dev.paddock.adapters.http.sim.format.GoJson;
import dev.paddock.adapters.http.sim.format.RequestFields;
import dev.paddock.adapters.http.sim.format.Templates;
import dev.paddock.adapters.http.sim.model.AnswerFormat;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code /v1/chat/completions} and {@code /v1/completions}. A failure in the middle is lost, as in Ollama: one empty
 * chunk and no end mark.
 */
final class OpenAiFormat implements AnswerFormat {
    private static final Templates TEMPLATES = new Templates(OpenAiFormat.class, "openai.json");
    private static final String DONE = "data: [DONE]\n\n";
    /** As in Ollama, the range of ids is so small that they are not unique. */
    private static final int IDS = 999;

    private final SimulatedResponseWriter json;
    private final boolean chat;
    private final String model;
    private final boolean old;
    private final boolean includeUsage;
    private final int number = ThreadLocalRandom.current().nextInt(IDS);
    private final long created = Instant.now().getEpochSecond();
    private boolean roleSent;
    private boolean toolCalled;

    OpenAiFormat(SimulatedResponseWriter json, boolean chat, RequestFields request, OllamaRelease release) {
        this.json = json;
        this.chat = chat;
        this.model = request.text("model");
        this.old = release == OllamaRelease.OLD;
        this.includeUsage = request.inner("stream_options", "openai.StreamOptions").flag("include_usage", false);
    }

    @Override
    public List<String> frames(ObjectNode chunk) {
        boolean done = chunk.path("done").asBoolean();
        ObjectNode values = values(model, chunk);
        if (done && chat && !old) {
            values.remove("content");
        } else if (!roleSent || old) {
            values.put("role", "assistant");
            roleSent = true;
        }
        if (!includeUsage) {
            values.remove("usage");
        }
        List<String> frames = new ArrayList<>();
        frames.add(frame(chat ? "chat chunk" : "completion", values));
        if (done && chat && includeUsage) {
            frames.add(frame("chat usage", values));
        }
        if (done) {
            frames.add(DONE);
        }
        return frames;
    }

    @Override
    public List<String> failure(String message) {
        ObjectNode values = values("", GoJson.object());
        values.remove("usage");
        return List.of(frame(chat ? "chat chunk" : "completion",
            roleSent && !old ? values : values.put("role", "assistant")));
    }

    @Override
    public String whole(ObjectNode answer) {
        return json.text(TEMPLATES.fill(chat ? "chat" : "completion", values(model, answer))) + "\n";
    }

    private String frame(String template, ObjectNode values) {
        return "data: " + json.text(TEMPLATES.fill(template, values)) + "\n\n";
    }

    private ObjectNode values(String shownModel, ObjectNode chunk) {
        ObjectNode values = GoJson.object()
            .put("id", (chat ? "chatcmpl-" : "cmpl-") + number)
            .put("created", old ? Instant.now().getEpochSecond() : created)
            .put("model", shownModel)
            .put("content", chunk.path("content").asText());
        if (chunk.has("thinking")) {
            values.set("thinking", chunk.path("thinking"));
        }
        if (chunk.has("logprobs")) {
            values.putObject("logprobs").set("content", chunk.path("logprobs"));
        }
        for (JsonNode call : chunk.path("tool_calls")) {
            toolCalled = true;
            values.withArray("tool_calls").add(TEMPLATES.fill("tool call", identified(call)
                .put("arguments", GoJson.text(call.path("function").path("arguments")))));
        }
        if (chunk.has("done_reason")) {
            String reason = chunk.path("done_reason").asText();
            values.put("finish_reason", toolCalled && "stop".equals(reason) ? "tool_calls" : reason);
        }
        int prompt = chunk.path("prompt_eval_count").asInt();
        int completion = chunk.path("eval_count").asInt();
        values.putObject("usage").put("prompt_tokens", prompt).put("completion_tokens", completion)
            .put("total_tokens", prompt + completion);
        return values;
    }

    /** A copy of a native tool call, with an id even from servers that give none. */
    static ObjectNode identified(JsonNode call) {
        ObjectNode copy = call.deepCopy();
        return copy.put("id", call.path("id").asText("call_" + ErrorBodyFormat.randomHex().substring(0, 8)));
    }
}
