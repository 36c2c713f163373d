package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends every chunk as it comes; nothing, not even the head, is sent before the first. */
final class StreamedAnswer implements AnswerSink {
    private final SimulatedResponseWriter responder;
    private final AnswerFormat format;
    private @Nullable BodyStream body;

    StreamedAnswer(SimulatedResponseWriter responder, AnswerFormat format) {
        this.responder = responder;
        this.format = format;
    }

    @Override
    public void chunk(ObjectNode chunk) {
        send(format.frames(chunk));
    }

    @Override
    public void fail(RunnerFailedException failure) {
        if (body == null && !failure.insideStream()) {
            throw new ApiException(500, failure.text());
        }
        send(format.failure(failure.text()));
        end();
    }

    @Override
    public void end() {
        body().end();
        responder.finish();
    }

    private void send(List<String> frames) {
        BodyStream stream = body();
        frames.forEach(frame -> stream.line(GoJson.bytes(frame)));
    }

    private BodyStream body() {
        BodyStream open = body;
        if (open == null) {
            open = responder.stream(format.streamType());
            body = open;
        }
        return open;
    }
}
