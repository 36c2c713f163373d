package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.paddock.adapters.http.sim.json.ApiException;
import dev.paddock.adapters.http.sim.json.GoJson;

/** Keeps the last line of a progress stream and sends only that. */
final class LastStatusAnswer implements AnswerSink {
    private final SimulatedResponseWriter responder;
    private final AnswerFormat format;
    private ObjectNode last = GoJson.object();

    LastStatusAnswer(SimulatedResponseWriter responder, AnswerFormat format) {
        this.responder = responder;
        this.format = format;
    }

    @Override
    public void chunk(ObjectNode chunk) {
        last = chunk;
    }

    @Override
    public void fail(RunnerFailedException failure) {
        throw new ApiException(500, failure.text());
    }

    @Override
    public void end() {
        responder.respond(SimulatedResponse.of(200, format.wholeType(), format.whole(last)));
    }
}
