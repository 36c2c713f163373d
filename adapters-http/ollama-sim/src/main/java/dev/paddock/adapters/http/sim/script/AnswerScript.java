package dev.paddock.adapters.http.sim.script;

import org.jspecify.annotations.Nullable;

/** Chooses the answers to calls. Called once for each call, in the thread that answers it; must be thread-safe. */
@FunctionalInterface
public interface AnswerScript {
    /** Leaves every answer to the simulator. */
    AnswerScript NONE = call -> null;

    /** Returns the answer to a call, or null when the simulator shall answer by itself. */
    @Nullable ScriptedAnswer answerTo(ReceivedCall call);
}
