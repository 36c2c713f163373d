package dev.paddock.adapters.http.documentsearch;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentSettings.EmbeddedTexts;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the vectors of passages and queries. A text that the model refuses has none, and costs the others nothing. Thread-safe. */
final class PassageEmbedder {

    private static final String PROBE = "space";

    private final EmbeddingSourcePort source;
    private final EmbeddedTexts texts;

    PassageEmbedder(EmbeddingSourcePort source, EmbeddedTexts texts) {
        this.source = requireNonNull(source, "source");
        this.texts = requireNonNull(texts, "texts");
    }

    /** Returns how many passages are embedded at once. */
    int atOnce() {
        return texts.atOnce();
    }

    /** Returns the model that would make vectors now, without one. */
    String model(CallContext context) {
        return source.space(context);
    }

    /** Returns the space of the vectors that the model makes now; it embeds one short text. */
    VectorSpace space(CallContext context) {
        return spaceOf(source.embed(PROBE, context));
    }

    /**
     * Returns the vector of a query.
     *
     * @throws LlmException if it has none
     */
    SpaceVector query(String text, CallContext context) {
        TextVector embedded = source.embed(texts.queryPrefix() + text, context);
        SpaceVector vector = vectorOf(embedded);
        if (vector == null) {
            throw new MalformedResponseException("the embedding model gave no vector for the query", ErrorFacts.NONE);
        }
        return vector;
    }

    /** Returns the vectors of passages, in their order, each null when there is none. When the model changes meanwhile, their spaces differ. */
    List<@Nullable SpaceVector> passages(List<String> passages, CallContext context) {
        List<@Nullable SpaceVector> vectors = new ArrayList<>(passages.size());
        addVectors(passages.stream().map(text -> texts.passagePrefix() + text).toList(), context, vectors);
        return vectors;
    }

    /** Embeds texts together; when one of them may be the reason for a failure, in halves. */
    private void addVectors(List<String> all, CallContext context, List<@Nullable SpaceVector> vectors) {
        List<TextVector> embedded;
        try {
            embedded = source.embedAll(all, context);
        } catch (InvalidRequestException | MalformedResponseException | ServerFailedException unfit) {
            if (all.size() == 1) {
                source.embed(PROBE, context); // fails, too, when not the text is the reason
                vectors.add(null);
            } else {
                addVectors(all.subList(0, all.size() / 2), context, vectors);
                addVectors(all.subList(all.size() / 2, all.size()), context, vectors);
            }
            return;
        }
        embedded.forEach(each -> vectors.add(vectorOf(each)));
    }

    private static VectorSpace spaceOf(TextVector embedded) {
        int dimensions = embedded.embedding().dimensions();
        if (dimensions > IndexFormat.MOST_DIMENSIONS) {
            throw new DocumentException(
                    DocumentFailure.NOT_ACCESSIBLE,
                    "the embedding model makes vectors with " + dimensions + " values; an index holds at most " + IndexFormat.MOST_DIMENSIONS);
        }
        return new VectorSpace(embedded.space(), dimensions);
    }

    private static @Nullable SpaceVector vectorOf(TextVector embedded) {
        float[] values = embedded.embedding().vector().clone();
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        boolean isVector = squares > 0 && Double.isFinite(squares);
        double scale = 1 / Math.sqrt(squares); // in double, which squares of all floats fit into
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) (values[index] * scale);
        }
        return isVector ? new SpaceVector(spaceOf(embedded), Embedding.wrap(values)) : null;
    }
}
