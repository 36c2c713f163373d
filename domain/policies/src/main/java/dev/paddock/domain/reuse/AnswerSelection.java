package dev.paddock.domain.reuse;

import org.jspecify.annotations.Nullable;

/**
 * Some of the stored answers.
 *
 * @param tenant only those of this caller; null for those of all
 * @param model only those of this model, as the requests name it; null for those of all
 */
public record AnswerSelection(@Nullable String tenant, @Nullable String model) {

    /** All answers. */
    public static final AnswerSelection ALL = new AnswerSelection(null, null);

    /** Returns whether an answer with the given key is one of them. */
    public boolean contains(AnswerKey key) {
        return (tenant == null || tenant.equals(key.tenant())) && (model == null || model.equals(key.model()));
    }
}
