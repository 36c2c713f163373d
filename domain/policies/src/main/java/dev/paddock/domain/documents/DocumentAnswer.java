package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Provenance;
import dev.paddock.domain.model.generation.Completion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer from documents. Immutable.
 *
 * @param text what the model says; {@link #NOTHING_FOUND} when no passage was found
 * @param passages the passages that the model has read, in the order of the numbers by which it cites them, from 1
 * @param corpusVersion the version of the documents that were searched, as in {@link CorpusState#version}
 * @param provenance how the answer of the model came about; null when no model was asked
 * @param completion how the answer of the model was completed; null when no model was asked
 */
public record DocumentAnswer(
        String text,
        List<Passage> passages,
        String corpusVersion,
        @Nullable Provenance provenance,
        @Nullable Completion completion) {

    /** The answer when no passage was found; no model is asked then, because it could only invent one. */
    public static final String NOTHING_FOUND = "The documents contain nothing about this question.";

    public DocumentAnswer {
        requireNonNull(text, "text");
        requireNonNull(corpusVersion, "corpusVersion");
        passages = List.copyOf(passages);
    }

    /** Returns whether the answer of the model was stored before. */
    public boolean isFromCache() {
        return provenance != null && provenance.source() == Provenance.Source.CACHE;
    }

    /** Returns how many passages it has; neither they nor the answer are shown. */
    @Override
    public String toString() {
        return "answer from " + passages.size() + " passages";
    }
}
