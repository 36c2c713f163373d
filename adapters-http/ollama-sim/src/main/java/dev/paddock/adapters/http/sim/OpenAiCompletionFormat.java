package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ContentTypes;
import dev.paddock.adapters.http.sim.json.RequestFields;
import dev.paddock.adapters.http.sim.settings.OllamaRelease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/completions}: with usage asked for, every chunk carries it, all zeros until the last. */
final class OpenAiCompletionFormat implements AnswerFormat {
    private static final String PREFIX = "cmpl-";
    private static final String OBJECT = "text_completion";

    private final OpenAiFrames frames;
    private final OpenAiFrames failed;
    private final boolean includeUsage;

    OpenAiCompletionFormat(SimulatedResponseWriter responder, RequestFields request, OllamaRelease style) {
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
        boolean done = chunk.path("done").asBoolean();
        ObjectNode envelope = envelope(frames, chunk.path("response").asText(),
            done ? chunk.path("done_reason").asText() : null);
        if (includeUsage) {
            envelope.set("usage", OpenAiFrames.usage(chunk));
        }
        String frame = frames.frame(envelope);
        return done ? List.of(frame, OpenAiFrames.DONE) : List.of(frame);
    }

    private static ObjectNode envelope(OpenAiFrames from, String text, @Nullable String finishReason) {
        ObjectNode envelope = from.envelope(PREFIX, OBJECT);
        envelope.putArray("choices").addObject()
            .put("text", text).put("index", 0).put("finish_reason", finishReason);
        return envelope;
    }

    @Override
    public List<String> failure(String message) {
        return List.of(failed.frame(envelope(failed, "", null)));
    }

    @Override
    public String whole(ObjectNode answer) {
        ObjectNode envelope = envelope(frames, answer.path("response").asText(),
            answer.has("done_reason") ? answer.path("done_reason").asText() : null);
        envelope.set("usage", OpenAiFrames.usage(answer));
        return frames.body(envelope);
    }
}
