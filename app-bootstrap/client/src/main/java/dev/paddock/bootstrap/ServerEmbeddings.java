package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.model.embedding.Embedding;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.llm.LlmPort;
import dev.paddock.ports.llm.ModelCatalogPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes vectors from an embedding model of the server, by calls like those of an application. The digest of the model tells its version; a
 * server that lists none has one version of each, and several servers have all of theirs together. Caches in the chain of calls learn of a new
 * version before it is returned, so that no vector of the earlier one passes for the new one. Thread-safe.
 */
final class ServerEmbeddings implements EmbeddingSourcePort {

    /** A query may be compared with vectors of the version before for this long. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private static final int MOST_CHANGES = 3;

    private final LlmPort llm;
    private final ModelCatalogPort models;
    private final @Nullable Supplier<@Nullable Map<String, String>> digests;
    private final ModelName model;
    private final Runnable modelsChanged;
    private final Ticker ticker;
    private volatile @Nullable Version last; // what was read last

    /**
     * Creates the source.
     *
     * @param digests reads the digests of the models of several servers, or null with one server
     * @param modelsChanged tells the caches of the calls that a model has changed
     */
    ServerEmbeddings(
            LlmPort llm,
            ModelCatalogPort models,
            @Nullable Supplier<@Nullable Map<String, String>> digests,
            ModelName model,
            Runnable modelsChanged,
            Ticker ticker) {
        this.llm = requireNonNull(llm, "llm");
        this.models = requireNonNull(models, "models");
        this.digests = digests;
        this.model = requireNonNull(model, "model");
        this.modelsChanged = requireNonNull(modelsChanged, "modelsChanged");
        this.ticker = requireNonNull(ticker, "ticker");
    }

    @Override
    public TextVector embed(String text, CallContext context) {
        return new TextVector(space(context), vectors(List.of(text), context).getFirst());
    }

    /** The vectors are stored, so the model must have been the same before and after. */
    @Override
    public List<TextVector> embedAll(List<String> texts, CallContext context) {
        String before = space(context);
        for (int attempt = 0; attempt < MOST_CHANGES; attempt++) {
            List<Embedding> vectors = vectors(texts, context);
            String after = read(context);
            if (after.equals(before)) {
                return vectors.stream().map(vector -> new TextVector(after, vector)).toList();
            }
            before = after;
        }
        throw new MalformedResponseException("the embedding model " + model + " changes again and again", ErrorFacts.NONE);
    }

    private List<Embedding> vectors(List<String> texts, CallContext context) {
        List<Embedding> vectors = llm.embed(new EmbedRequest(model, texts, EmbedSettings.DEFAULT), context).embeddings();
        if (vectors.size() != texts.size()) {
            throw new MalformedResponseException(
                    "the embedding model " + model + " gave " + vectors.size() + " vectors for " + texts.size() + " texts", ErrorFacts.NONE);
        }
        return vectors;
    }

    @Override
    public String space(CallContext context) {
        Version known = last;
        boolean isRecent = known != null && ticker.nanos() - known.readAt < LOOK_AGAIN.toNanos();
        return known != null && isRecent ? known.space : read(context);
    }

    private String read(CallContext context) {
        long readAt = ticker.nanos();
        String listed = ModelName.canonical(model.value());
        String space = listed + " " + digest(listed, context);
        Version known = last;
        if (known == null || !known.space.equals(space)) {
            modelsChanged.run(); // before another thread takes the new version for known
        }
        last = new Version(space, readAt);
        return space;
    }

    private String digest(String listed, CallContext context) {
        Map<String, String> ofAll = digests == null ? null : digests.get();
        String together = ofAll == null ? null : ofAll.get(listed);
        return together != null
                ? together
                : models.models(context).stream()
                        .filter(summary -> ModelName.canonical(summary.name()).equals(listed))
                        .map(ModelSummary::digest)
                        .findFirst()
                        .orElse("");
    }

    private record Version(String space, long readAt) {}
}
