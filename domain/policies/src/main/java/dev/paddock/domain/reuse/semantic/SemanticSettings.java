package dev.paddock.domain.reuse.semantic;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a semantic cache.
 *
 * @param mode whether it serves answers
 * @param matching which questions are similar
 * @param evidence when a stored answer may be served
 * @param audit how served answers are checked
 * @param embedding where vectors come from
 * @param maxBytes the memory of all vectors and questions together, at least 64 KiB
 */
public record SemanticSettings(
        SemanticMode mode, Matching matching, Evidence evidence, Audit audit, EmbeddingLimits embedding, long maxBytes) {

    private static final long LEAST_BYTES = 64 * 1024;

    public SemanticSettings {
        requireNonNull(mode, "mode");
        requireNonNull(matching, "matching");
        requireNonNull(evidence, "evidence");
        requireNonNull(audit, "audit");
        requireNonNull(embedding, "embedding");
        require(maxBytes >= LEAST_BYTES, "the memory of a semantic cache must be at least 64 KiB");
    }

    /** Returns these settings with the given mode. */
    public SemanticSettings withMode(SemanticMode newMode) {
        return new SemanticSettings(newMode, matching, evidence, audit, embedding, maxBytes);
    }

    /**
     * Which questions are similar.
     *
     * @param threshold the least cosine similarity, above 0 and at most 1
     * @param guard refuses questions that differ in what vectors do not show
     */
    public record Matching(double threshold, QuestionGuard guard) {

        public Matching {
            requireNonNull(guard, "guard");
            require(threshold > 0 && threshold <= 1, "the threshold of similarity must be above 0 and at most 1");
        }
    }

    /**
     * When a stored answer may be served.
     *
     * @param maxErrors the fraction of similar questions that one stored answer may answer wrongly, above 0 and at most 1; 1 needs no evidence
     * @param fewest observations without which it serves no question, 0 or more
     * @param sameAnswer the least cosine similarity of two answers that count as the same, above 0 and at most 1
     */
    public record Evidence(double maxErrors, int fewest, double sameAnswer) {

        public Evidence {
            require(maxErrors > 0 && maxErrors <= 1, "the fraction of errors must be above 0 and at most 1");
            require(fewest >= 0, "the number of observations must not be negative");
            require(sameAnswer > 0 && sameAnswer <= 1, "the similarity of same answers must be above 0 and at most 1");
        }
    }

    /**
     * How served answers are checked.
     *
     * @param fraction the fraction of served answers that the model gives, too, from 0 to 1
     * @param maxFalseHits the fraction of wrong ones above which the cache stops to serve, from 0 to 1
     */
    public record Audit(double fraction, double maxFalseHits) {

        public Audit {
            require(fraction >= 0 && fraction <= 1, "the fraction of audited answers must be from 0 to 1");
            require(maxFalseHits >= 0 && maxFalseHits <= 1, "the bound of wrong answers must be from 0 to 1");
        }
    }

    /**
     * Where vectors come from.
     *
     * @param model the embedding model of the server, or null for a model in this process; unused with an own source
     * @param patience how long a caller waits for a vector at most, positive
     */
    public record EmbeddingLimits(@Nullable String model, Duration patience) {

        public EmbeddingLimits {
            require(patience.isPositive(), "the time for a vector must be positive");
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new InvalidRequestException(problem, ErrorFacts.NONE);
        }
    }
}
