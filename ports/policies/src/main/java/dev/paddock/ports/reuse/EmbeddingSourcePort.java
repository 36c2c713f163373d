package dev.paddock.ports.reuse;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.reuse.semantic.TextVector;
import java.util.List;

/** Makes the vectors by which a semantic cache or an index of documents compares texts. Implementations are thread-safe. */
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

    /**
     * Returns the vectors of several texts, in their order, as {@link #embed} does. A source that can embeds them together.
     *
     * @throws dev.paddock.domain.error.LlmException if one of them has no vector
     */
    default List<TextVector> embedAll(List<String> texts, CallContext context) {
        return texts.stream().map(text -> embed(text, context)).toList();
    }

    /**
     * Returns the {@linkplain TextVector#space space} of the vectors that it would make now.
     *
     * @throws dev.paddock.domain.error.LlmException if it is not known
     */
    default String space(CallContext context) {
        return embed("space", context).space();
    }
}
