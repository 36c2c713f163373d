package dev.paddock.adapters.http.sim.generation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An answer decided on before it is sent.
 *
 * @param tokens the fields that each token adds to its chunk: {@code content}, {@code thinking}, {@code tool_calls} or
 *     {@code logprobs}
 * @param doneReason {@code stop} or {@code length}
 */
record AnswerPlan(List<ObjectNode> tokens, String doneReason, int promptTokens) {
    AnswerPlan {
        tokens = List.copyOf(tokens);
    }
}
