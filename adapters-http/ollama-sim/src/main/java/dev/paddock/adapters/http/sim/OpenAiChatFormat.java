package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.GoJson;
import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/chat/completions}. A failure in the middle is lost, as in Ollama: one empty chunk and no end mark. */
final class OpenAiChatFormat implements AnswerFormat {
    private final OpenAiFrames frames;
    private final OpenAiFrames failed;
    private final boolean includeUsage;
    private boolean roleSent;
    private boolean toolCalled;

    OpenAiChatFormat(SimulatedResponseWriter responder, RequestFields request, OllamaRelease style) {
        this.frames = new OpenAiFrames(responder::text, request.text("model"), style);
        this.failed = new OpenAiFrames(responder::text, "", style);
        this.includeUsage = request.inner("stream_options", "openai.StreamOptions").flag("include_usage").orElse(false);
    }

    @Override
    public String streamType() {
        return ContentTypes.EVENTS;
    }

    @Override
    public String wholeType() {
        return ContentTypes.BARE_JSON;
    }

    @Override
    public List<String> frames(ObjectNode chunk) {
        List<String> sent = new ArrayList<>();
        JsonNode message = chunk.path("message");
        boolean done = chunk.path("done").asBoolean();
        if (!done || frames.repeatsRole()) {
            ObjectNode envelope = chunkEnvelope(frames, delta(message), done ? finishReason(chunk) : null);
            if (chunk.has("logprobs")) {
                choice(envelope).putObject("logprobs").set("content", chunk.path("logprobs"));
            }
            sent.add(frames.frame(envelope));
        } else {
            sent.add(frames.frame(chunkEnvelope(frames, GoJson.object(), finishReason(chunk))));
        }
        if (done) {
            end(chunk, sent);
        }
        return sent;
    }

    private void end(ObjectNode chunk, List<String> sent) {
        if (includeUsage) {
            ObjectNode envelope = frames.envelope("chatcmpl-", "chat.completion.chunk");
            envelope.putArray("choices");
            envelope.set("usage", OpenAiFrames.usage(chunk));
            sent.add(frames.frame(envelope));
        }
        sent.add(OpenAiFrames.DONE);
    }

    private ObjectNode delta(JsonNode message) {
        ObjectNode delta = GoJson.object();
        if (!roleSent || frames.repeatsRole()) {
            delta.put("role", "assistant");
            roleSent = true;
        }
        delta.put("content", message.path("content").asText());
        if (message.has("thinking")) {
            delta.put("reasoning", message.path("thinking").asText());
        }
        if (message.has("tool_calls")) {
            toolCalled = true;
            delta.set("tool_calls", OpenAiFrames.toolCalls(message.path("tool_calls")));
        }
        return delta;
    }

    private static ObjectNode chunkEnvelope(
            OpenAiFrames from, ObjectNode delta, @Nullable String finishReason) {
        ObjectNode envelope = from.envelope("chatcmpl-", "chat.completion.chunk");
        ObjectNode choice = envelope.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finishReason);
        return envelope;
    }

    private static ObjectNode choice(ObjectNode envelope) {
        return (ObjectNode) envelope.path("choices").path(0);
    }

    private String finishReason(ObjectNode chunk) {
        String reason = chunk.path("done_reason").asText();
        return toolCalled && "stop".equals(reason) ? "tool_calls" : reason;
    }

    @Override
    public List<String> failure(String message) {
        return List.of(failed.frame(chunkEnvelope(failed, delta(GoJson.object()), null)));
    }

    @Override
    public String whole(ObjectNode answer) {
        JsonNode message = answer.path("message");
        ObjectNode envelope = frames.envelope("chatcmpl-", "chat.completion");
        ObjectNode choice = envelope.putArray("choices").addObject().put("index", 0);
        ObjectNode target = choice.putObject("message").put("role", "assistant")
            .put("content", message.path("content").asText());
        if (message.has("thinking")) {
            target.put("reasoning", message.path("thinking").asText());
        }
        if (message.has("tool_calls")) {
            toolCalled = true;
            target.set("tool_calls", OpenAiFrames.toolCalls(message.path("tool_calls")));
        }
        if (answer.has("logprobs")) {
            choice.putObject("logprobs").set("content", answer.path("logprobs"));
        }
        choice.put("finish_reason", answer.has("done_reason") ? finishReason(answer) : null);
        envelope.set("usage", OpenAiFrames.usage(answer));
        return frames.body(envelope);
    }
}
