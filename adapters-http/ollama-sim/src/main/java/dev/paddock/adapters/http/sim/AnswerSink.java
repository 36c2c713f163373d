package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Where the chunks of an answer go. */
interface AnswerSink {
    void chunk(ObjectNode chunk);

    /** The model failed; the answer ends with this. */
    void fail(RunnerFailedException failure);

    /** The answer is complete, or ends early but politely. */
    void end();
}
