package dev.paddock.adapters.http.sim;

import java.util.List;

/**
 * An answer decided on before it is spoken.
 *
 * @param doneReason {@code stop} or {@code length}
 */
record AnswerPlan(List<GeneratedToken> pieces, String doneReason, int promptTokens) {
    AnswerPlan {
        pieces = List.copyOf(pieces);
    }
}
