package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.semantic.EntryEvidence;
import java.util.concurrent.atomic.AtomicReference;

/** A question whose answer is stored, and what is known about serving that answer to similar questions. Thread-safe. */
final class SemanticEntry {

    private final String id;
    private final AnswerKey answer;
    private final String question;
    private final AtomicReference<EntryEvidence> evidence = new AtomicReference<>(EntryEvidence.NONE);

    SemanticEntry(String id, AnswerKey answer, String question) {
        this.id = id;
        this.answer = answer;
        this.question = question;
    }

    /** Returns the id that operators use. */
    String id() {
        return id;
    }

    /** Returns the key of the answer in the store. */
    AnswerKey answer() {
        return answer;
    }

    String question() {
        return question;
    }

    EntryEvidence evidence() {
        return evidence.get();
    }

    void observe(double similarity, boolean isRight) {
        evidence.updateAndGet(known -> known.with(similarity, isRight));
    }
}
