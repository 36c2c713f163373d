package dev.paddock.ports.reuse;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.reuse.semantic.TextVector;

/** Makes the vectors by which a semantic cache compares texts. Implementations are thread-safe. */
@FunctionalInterface
public interface EmbeddingSourcePort {

    /**
     * Returns the vector of a text. One that is zero or not finite is taken for no vector.
     *
     * @param text the text, whose end may be ignored when it is long
     * @param context its deadline bounds the call as far as the source can
     * @throws dev.paddock.domain.error.LlmException if there is no vector; the text then is not similar to any other one
     */
    TextVector embed(String text, CallContext context);
}
