package dev.paddock.ports.reuse;

import dev.paddock.domain.reuse.semantic.SemanticMode;
import dev.paddock.domain.reuse.semantic.SemanticReport;

/** A semantic cache as its operator sees it. Thread-safe. */
public interface SemanticCachePort {

    /** Returns what it has done, and what it holds. */
    SemanticReport report();

    /** Changes the mode. The wrong answers that were found before then no longer count against it. */
    void mode(SemanticMode mode);

    /**
     * Removes an answer that was wrong for a similar question. It serves its own question as before.
     *
     * @param id the id of the answer, which a served answer shows as {@code key} in {@code Cache-Status}
     * @return whether there was such an answer
     */
    boolean reportWrong(String id);
}
