package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Keeps the last line of a progress stream and sends only that. */
final class LastStatus implements AnswerSink {
    private final Responder responder;
    private final AnswerFormat format;
    private ObjectNode last = Json.object();

    LastStatus(Responder responder, AnswerFormat format) {
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
        responder.whole(Reply.of(200, format.wholeType(), format.whole(last)));
    }
}
