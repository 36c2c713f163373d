package dev.paddock.domain.reuse.semantic;

import java.util.Map;

/**
 * What a semantic cache has done since its start, and what it holds.
 *
 * @param mode the present mode
 * @param stoppedItself whether it has switched itself to shadow because too many served answers were wrong
 * @param served questions that were answered by it
 * @param explored questions with a similar one whose answer lacked evidence, so that the model answered
 * @param shadowed questions with a similar one while the mode was shadow
 * @param failed questions without a vector, which the model answered
 * @param late questions whose vector came too late for their callers, which the model answered
 * @param refused pairs of similar questions that a guard refused, by difference; differences that never occurred are missing
 * @param falseHits the wrong ones among the newest served answers that were audited
 * @param falseCandidates the wrong ones among all answers that were compared, served or not
 * @param reported answers that were reported as wrong and removed
 * @param entries answers that can serve similar questions
 * @param bytes about how much memory their vectors and questions need
 */
public record SemanticReport(
        SemanticMode mode,
        boolean stoppedItself,
        long served,
        long explored,
        long shadowed,
        long failed,
        long late,
        Map<QuestionDifference, Long> refused,
        ErrorRate falseHits,
        ErrorRate falseCandidates,
        long reported,
        long entries,
        long bytes) {

    public SemanticReport {
        refused = Map.copyOf(refused);
    }
}
