package dev.paddock.adapters.http.answercache;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.answercache.SemanticCounts.Comparison;
import dev.paddock.adapters.http.answercache.SemanticCounts.Lookup;
import dev.paddock.adapters.http.answercache.SemanticCounts.Occasion;
import dev.paddock.adapters.http.answercache.SemanticIndex.Candidate;
import dev.paddock.adapters.http.answercache.SemanticIndex.Scope;
import dev.paddock.adapters.http.wire.EmbedCodec;
import dev.paddock.domain.metrics.SemanticCacheMetrics;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.semantic.ErrorRate;
import dev.paddock.domain.reuse.semantic.QuestionDifference;
import dev.paddock.domain.reuse.semantic.SemanticMode;
import dev.paddock.domain.reuse.semantic.SemanticReport;
import dev.paddock.domain.reuse.semantic.SemanticSettings;
import dev.paddock.domain.reuse.semantic.StoredQuestion;
import dev.paddock.domain.reuse.semantic.UnitVector;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import dev.paddock.ports.reuse.QuestionStorePort;
import dev.paddock.ports.reuse.SemanticCachePort;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the answers of an exact cache to similar questions, or only compares them with those of the model. It has no answers of its own: an
 * answer that leaves the exact cache serves no other question any more. Thread-safe.
 */
public final class SemanticCache implements SemanticCachePort {

    private static final System.Logger LOGGER = System.getLogger("paddock.cache");

    /** Similar questions that are tried when a guard refuses the most similar one. */
    private static final int MOST_CANDIDATES = 4;

    private final SemanticSettings settings;
    private final AnswerCache answers;
    private final EmbedCodec codec;
    private final @Nullable EmbeddingSourcePort ownSource;
    private final String model; // of the server; unused with an own source
    private final DoubleSupplier random;
    private final SemanticCounts counts;
    private final SemanticIndex index;
    private final AtomicLong ids = new AtomicLong();
    private volatile @Nullable QuestionStorePort others;
    private volatile SemanticMode mode;
    private volatile boolean stoppedItself;

    /**
     * Creates a semantic cache.
     *
     * @param settings its settings
     * @param answers the exact cache
     * @param codec the API of embeddings of the server
     * @param ownSource where vectors come from, or null for the embedding model of the server that the settings name
     * @param metrics receives what is counted
     * @param random numbers from 0 to below 1
     */
    public SemanticCache(
            SemanticSettings settings,
            AnswerCache answers,
            EmbedCodec codec,
            @Nullable EmbeddingSourcePort ownSource,
            MetricsPort metrics,
            DoubleSupplier random) {
        this.settings = requireNonNull(settings, "settings");
        this.answers = requireNonNull(answers, "answers");
        this.codec = requireNonNull(codec, "codec");
        this.ownSource = ownSource;
        this.model = ownSource == null ? requireNonNull(settings.embedding().model(), "the embedding model") : "";
        this.random = requireNonNull(random, "random");
        this.counts = new SemanticCounts(metrics);
        this.index = new SemanticIndex(settings.maxBytes());
        this.mode = settings.mode();
        answers.onClear(selection -> index.removeIf(entry -> selection.contains(entry.answer())));
        metrics.gauge(SemanticCacheMetrics.SERVING.with(), () -> mode == SemanticMode.SERVE ? 1 : 0);
        metrics.gauge(SemanticCacheMetrics.ENTRIES.with(), index::entries);
        metrics.gauge(SemanticCacheMetrics.BYTES.with(), index::bytes);
    }

    /**
     * Shares questions with other processes that have the same answers. What is known about serving an answer stays here: each process learns it
     * from the calls that it sees. To be called once, before the first call.
     */
    public void shareWith(QuestionStorePort questions) {
        others = requireNonNull(questions, "questions");
        questions.onAdded(question -> {
            AnswerKey answer = question.answer();
            AnswerKey rest = new AnswerKey(answer.tenant(), answer.model(), answer.version(), question.rest());
            index.putShared(
                    new Scope(rest, question.space(), question.vector().dimensions()), question.vector(), entry(answer, question.text()));
        });
    }

    /** Returns the decorator for {@link Stage#CACHE}; it belongs inside of that of the exact cache. */
    public ExchangeDecorator decorator() {
        return ExchangeDecorator.of(Stage.CACHE, delegate -> new SemanticExchangePort(delegate, this));
    }

    @Override
    public SemanticReport report() {
        return new SemanticReport(
                mode,
                stoppedItself,
                counts.count(Lookup.SERVED),
                counts.count(Lookup.EXPLORED),
                counts.count(Lookup.SHADOW),
                counts.count(Lookup.FAILED),
                counts.count(Lookup.LATE),
                counts.refusals(),
                counts.falseHits(),
                counts.falseCandidates(),
                counts.reports(),
                index.entries(),
                index.bytes());
    }

    @Override
    public void mode(SemanticMode newMode) {
        requireNonNull(newMode, "newMode");
        counts.forgetAudits();
        stoppedItself = false;
        mode = newMode;
    }

    @Override
    public boolean reportWrong(String id) {
        boolean isRemoved = index.removeIf(entry -> entry.id().equals(id)) > 0;
        if (isRemoved) {
            counts.reported();
        }
        return isRemoved;
    }

    SemanticMode mode() {
        return mode;
    }

    SemanticSettings settings() {
        return settings;
    }

    AnswerCache answers() {
        return answers;
    }

    SemanticCounts counts() {
        return counts;
    }

    SemanticIndex index() {
        return index;
    }

    EmbeddingSourcePort source(ExchangePort port) {
        return ownSource == null ? new UpstreamEmbeddingSource(port, codec, model, answers) : ownSource;
    }

    /**
     * Returns the most similar question that no guard refuses, or null.
     *
     * @param own the key of the answer to the question itself, which says nothing about similar questions
     */
    @Nullable Candidate find(Scope scope, UnitVector vector, String question, AnswerKey own) {
        for (Candidate candidate : index.nearest(scope, vector, settings.matching().threshold(), MOST_CANDIDATES)) {
            if (candidate.entry().answer().equals(own)) {
                continue;
            }
            QuestionDifference difference = settings.matching().guard().difference(candidate.entry().question(), question);
            if (difference == null) {
                return candidate;
            }
            counts.refused(difference);
        }
        return null;
    }

    void add(Scope scope, UnitVector vector, AnswerKey answer, String question) {
        index.put(scope, vector, entry(answer, question));
        QuestionStorePort shared = others;
        if (shared != null) {
            shared.add(new StoredQuestion(answer, scope.rest().fingerprint(), scope.space(), vector, question));
        }
    }

    private SemanticEntry entry(AnswerKey answer, String question) {
        return new SemanticEntry("s" + ids.incrementAndGet(), answer, question);
    }

    /** Returns whether the evidence allows to serve an answer this time. */
    boolean mayServe(Candidate candidate) {
        SemanticSettings.Evidence needed = settings.evidence();
        double fraction = candidate.entry().evidence().servingFraction(candidate.similarity(), needed.maxErrors(), needed.fewest());
        return random.getAsDouble() < fraction;
    }

    boolean isAudited() {
        return random.getAsDouble() < settings.audit().fraction();
    }

    /** Notes whether an answer was right for a similar question. Stops to serve when too many served answers are wrong for sure. */
    void observe(Candidate candidate, Occasion occasion, Comparison result) {
        counts.compared(occasion, result);
        if (result == Comparison.UNDECIDED) {
            return;
        }
        candidate.entry().observe(candidate.similarity(), result == Comparison.SAME);
        ErrorRate rate = counts.falseHits();
        if (mode == SemanticMode.SERVE && rate.low() > settings.audit().maxFalseHits()) {
            stoppedItself = true;
            mode = SemanticMode.SHADOW;
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    String.format(
                            Locale.ROOT,
                            "the semantic cache serves no longer: %d of %d audited answers were wrong, at least %.1f %% of all",
                            rate.wrong(), rate.compared(), rate.low() * 100));
        }
    }
}
