package dev.paddock.ports.reuse;

import dev.paddock.domain.reuse.semantic.StoredQuestion;
import java.util.function.Consumer;

/** The questions of the semantic caches of several processes, whose answers are stored. Implementations are thread-safe and never block. */
public interface QuestionStorePort {

    /** Tells the other processes of a question. Returns at once; a question that cannot be told is left out. */
    void add(StoredQuestion question);

    /**
     * Sets what receives the questions that are in the store, and each that is added from now on. The same one may come again, and those of
     * this process come, too. The receiver must not block.
     */
    void onAdded(Consumer<StoredQuestion> receiver);
}
