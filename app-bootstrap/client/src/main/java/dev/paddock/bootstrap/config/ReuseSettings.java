package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.answercache.AnswerCacheSettings;
import dev.paddock.adapters.http.answercache.ModelVersionSettings;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingBatchSettings;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.semantic.SemanticSettings;
import org.jspecify.annotations.Nullable;

/**
 * How answers serve several requests. Immutable.
 *
 * @param models how a change of a model is noticed, by those of the others that are on
 * @param cache the settings of the cache of answers, or null for no cache
 * @param semantic how answers serve similar questions, or null if they do not; needs the cache
 * @param singleFlight how equal requests in progress share one call, or null if they do not
 * @param batch how texts are embedded once and together, or null if they are not
 */
public record ReuseSettings(
        ModelVersionSettings models,
        @Nullable AnswerCacheSettings cache,
        @Nullable SemanticSettings semantic,
        @Nullable SingleFlightSettings singleFlight,
        @Nullable EmbeddingBatchSettings batch) {

    /** Each request is answered by the server. */
    public static final ReuseSettings NONE = new ReuseSettings(ModelVersionSettings.DEFAULT, null, null, null, null);

    public ReuseSettings {
        requireNonNull(models, "models");
        if (semantic != null && cache == null) {
            throw new InvalidRequestException("a semantic cache needs an exact one, which keeps its answers", ErrorFacts.NONE);
        }
    }

    /** Returns these settings with another way to notice changes of models. */
    public ReuseSettings withModels(ModelVersionSettings newModels) {
        return new ReuseSettings(newModels, cache, semantic, singleFlight, batch);
    }

    /** Returns these settings with the given ones of the cache; null for no cache, which also switches the semantic one off. */
    public ReuseSettings withCache(@Nullable AnswerCacheSettings newCache) {
        return new ReuseSettings(models, newCache, newCache == null ? null : semantic, singleFlight, batch);
    }

    /** Returns these settings with the given ones of similar questions; null if answers serve none. */
    public ReuseSettings withSemantic(@Nullable SemanticSettings newSemantic) {
        return new ReuseSettings(models, cache, newSemantic, singleFlight, batch);
    }

    /** Returns these settings with the given ones of equal requests in progress; null to share none. */
    public ReuseSettings withSingleFlight(@Nullable SingleFlightSettings newSingleFlight) {
        return new ReuseSettings(models, cache, semantic, newSingleFlight, batch);
    }

    /** Returns these settings with the given ones of texts to embed; null to send each request as it is. */
    public ReuseSettings withBatch(@Nullable EmbeddingBatchSettings newBatch) {
        return new ReuseSettings(models, cache, semantic, singleFlight, newBatch);
    }

    /** Returns whether any of them is on. */
    public boolean isAny() {
        return keepsAnswers() || singleFlight != null;
    }

    /** Returns whether any of them keeps answers, whose models may change. */
    public boolean keepsAnswers() {
        return cache != null || batch != null;
    }

    /** Returns whether answers that are chosen at random are of use to any of them. */
    public boolean isSampledToo() {
        return (cache != null && cache.sampledToo()) || (singleFlight != null && singleFlight.sampledToo());
    }
}
