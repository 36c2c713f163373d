package dev.paddock.bootstrap;

import dev.paddock.adapters.http.answercache.AnswerCache;
import dev.paddock.adapters.http.answercache.AnswerCacheSettings;
import dev.paddock.adapters.http.answercache.ModelVersionSettings.ModelVersioning;
import dev.paddock.adapters.http.answercache.ModelVersions;
import dev.paddock.adapters.http.answercache.SemanticCache;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingBatchSettings;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingExchangePort;
import dev.paddock.adapters.http.wire.Dialect;
import dev.paddock.adapters.http.wire.reuse.JsonReuseClassifier;
import dev.paddock.bootstrap.config.ReuseSettings;
import dev.paddock.domain.reuse.ReuseClassifier;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.semantic.SemanticSettings;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.decorator.SingleFlightExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.ports.reuse.SemanticCachePort;
import dev.paddock.ports.sharedstate.LeasePort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The policies by which answers serve several requests, as far as they are on.
 *
 * @param answerCache the cache of answers, or null when it is off
 * @param semanticCache the semantic cache, or null when it is off
 * @param decorators all that are on, from the outside to the inside
 * @param modelsChanged tells the caches that a model has changed, so that nothing of its earlier version is taken any more; returns at once
 */
record ReuseParts(
        @Nullable AnswerCachePort answerCache,
        @Nullable SemanticCachePort semanticCache,
        List<ExchangeDecorator> decorators,
        Runnable modelsChanged) {

    private static final ReuseParts NONE = new ReuseParts(null, null, List.of(), () -> {});

    /**
     * Creates the policies.
     *
     * @param settings which of them are on
     * @param dialect the API of the server
     * @param digests reads the digests of the models of several servers, or null with one server
     * @param embeddings makes the vectors of a semantic cache, or null for the embedding model of the server
     * @param shared what is shared with other processes, or null for nothing
     */
    static ReuseParts of(
            ReuseSettings settings,
            Dialect dialect,
            @Nullable Supplier<@Nullable Map<String, String>> digests,
            @Nullable EmbeddingSourcePort embeddings,
            @Nullable SharedStatePort shared,
            MetricsPort metrics,
            Ticker ticker) {
        if (!settings.isAny()) {
            return NONE; // not even a class of theirs is loaded
        }
        ReuseClassifier classifier = new JsonReuseClassifier(settings.isSampledToo());
        ModelVersions versions = digests == null
                ? new ModelVersions(settings.models(), dialect.catalog().models(), ticker)
                : new ModelVersions(settings.models(), digests, ticker);
        if (shared != null && settings.keepsAnswers()) {
            versions.onChange(shared::announceModelChange);
            shared.onModelChange(versions::changedElsewhere);
        }
        // Without digests a version is a number of this process, which means nothing to others.
        SharedStatePort ofAnswers = settings.models().versioning() == ModelVersioning.DIGEST ? shared : null;
        AnswerCache answers = answers(settings.cache(), classifier, versions, ofAnswers, metrics, ticker);
        SemanticSettings semantic = settings.semantic();
        SemanticCache similar = semantic == null || answers == null
                ? null
                : new SemanticCache(
                        semantic,
                        answers,
                        dialect.embed(),
                        embeddings(semantic, embeddings),
                        metrics,
                        () -> ThreadLocalRandom.current().nextDouble());
        QuestionStorePort questions = ofAnswers == null ? null : ofAnswers.questions();
        if (similar != null && questions != null) {
            similar.shareWith(questions);
        }
        List<ExchangeDecorator> decorators = new ArrayList<>();
        if (answers != null) {
            decorators.add(answers.lookup());
        }
        if (similar != null) {
            decorators.add(similar.decorator()); // inside the exact cache
        }
        SingleFlightSettings singleFlight = settings.singleFlight();
        if (singleFlight != null) {
            decorators.add(SingleFlightExchangePort.decorator(classifier, singleFlight, metrics));
        }
        LeasePort leases = ofAnswers == null ? null : ofAnswers.leases();
        if (answers != null && leases != null) {
            decorators.add(answers.leased(leases, metrics)); // inside single-flight, and outside the recorder
        }
        if (answers != null) {
            decorators.add(answers.recorder()); // inside single-flight
        }
        EmbeddingBatchSettings batch = settings.batch();
        if (batch != null) {
            decorators.add(EmbeddingExchangePort.decorator(batch, classifier, versions, metrics, ticker, answers));
        }
        if (settings.keepsAnswers()) {
            decorators.add(versions.decorator()); // inside all that use them
        }
        return new ReuseParts(answers, similar, List.copyOf(decorators), versions::changedElsewhere);
    }

    private static @Nullable EmbeddingSourcePort embeddings(SemanticSettings semantic, @Nullable EmbeddingSourcePort own) {
        boolean isOfModule = own == null && semantic.embedding().model() == null;
        return isOfModule ? ModuleServices.embeddings("paddock.semantic-cache.in-process") : own;
    }

    private static @Nullable AnswerCache answers(
            @Nullable AnswerCacheSettings settings,
            ReuseClassifier classifier,
            ModelVersions versions,
            @Nullable SharedStatePort shared,
            MetricsPort metrics,
            Ticker ticker) {
        if (settings == null) {
            return null;
        }
        AnswerStorePort others = shared == null ? null : shared.answers();
        return shared == null || others == null
                ? AnswerCache.inMemory(settings, classifier, versions, metrics, ticker)
                : AnswerCache.before(others, shared, settings, classifier, versions, metrics, ticker);
    }
}
