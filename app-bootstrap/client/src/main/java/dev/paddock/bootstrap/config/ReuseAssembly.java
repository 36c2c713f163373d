package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.bytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.manyBytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.oneOf;
import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;

import dev.paddock.adapters.http.answercache.AnswerCacheSettings;
import dev.paddock.adapters.http.answercache.ModelVersionSettings;
import dev.paddock.adapters.http.answercache.ModelVersionSettings.ModelVersioning;
import dev.paddock.adapters.http.answercache.embedding.BatchLimits;
import dev.paddock.adapters.http.answercache.embedding.EmbeddingBatchSettings;
import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;
import dev.paddock.domain.reuse.semantic.SemanticSettings;

/** Makes the settings of both caches, of single-flight and of batches from keys. They are checked even when they are switched off. */
final class ReuseAssembly {

    private static final String MAX_BYTES = "paddock.cache.max-bytes";
    private static final String MAX_ENTRY = "paddock.cache.max-entry";
    private static final String BATCH_CACHE_BYTES = "paddock.batch.cache-bytes";
    private static final int MOST_TEXTS_OF_A_SERVER = 1_000_000;
    private static final int KIBIBYTE = 1 << 10;
    private static final int GIBIBYTE = 1 << 30;
    private static final long TEBIBYTE = 1L << 40;

    private final SettingReader reader;
    private final long heap;

    /** Creates the assembly for a process with a heap of the given size. */
    ReuseAssembly(SettingReader reader, long heap) {
        this.reader = reader;
        this.heap = heap;
    }

    ReuseSettings assemble() {
        AnswerCacheSettings cache = cache();
        SingleFlightSettings singleFlight = singleFlight();
        EmbeddingBatchSettings batch = batch();
        SemanticSettings semantic = new SemanticAssembly(reader, heap).assemble();
        boolean isCached = reader.read("paddock.cache.enabled", flag());
        boolean comparesQuestions = reader.read(SemanticAssembly.ENABLED, flag());
        reader.requireFlag(SemanticAssembly.ENABLED, "paddock.cache.enabled");
        return new ReuseSettings(
                models(),
                isCached ? cache : null,
                isCached && comparesQuestions ? semantic : null,
                reader.read("paddock.single-flight.enabled", flag()) ? singleFlight : null,
                reader.read("paddock.batch.enabled", flag()) ? batch : null);
    }

    private AnswerCacheSettings cache() {
        reader.requireAtMost(MAX_BYTES, heap / 2, "half of the heap");
        long maxBytes = Math.max(CacheTuning.LEAST_BYTES, Math.min(heap / 2, reader.read(MAX_BYTES, manyBytes(CacheTuning.LEAST_BYTES, TEBIBYTE))));
        reader.requireAtMost(MAX_ENTRY, maxBytes, MAX_BYTES);
        int maxEntry = (int) Math.min(maxBytes, reader.read(MAX_ENTRY, bytes(KIBIBYTE, GIBIBYTE)));
        CacheTuning tuning = new CacheTuning(
                true,
                reader.read("paddock.cache.ttl.embeddings", duration()),
                reader.read("paddock.cache.ttl.deterministic", duration()),
                reader.read("paddock.cache.ttl.sampled", duration()),
                maxBytes);
        return new AnswerCacheSettings(
                tuning,
                maxEntry,
                reader.read("paddock.cache.sampled", flag()),
                tenancy("paddock.cache.shared"));
    }

    private ModelVersionSettings models() {
        return new ModelVersionSettings(
                reader.read("paddock.cache.models.version", oneOf(ModelVersioning.values())),
                reader.read("paddock.cache.models.poll", duration()));
    }

    private SingleFlightSettings singleFlight() {
        return new SingleFlightSettings(
                reader.read("paddock.single-flight.buffer", bytes(KIBIBYTE, GIBIBYTE)),
                reader.read("paddock.single-flight.sampled", flag()),
                tenancy("paddock.single-flight.shared"),
                reader.read("paddock.single-flight.when-abandoned", oneOf(WhenAbandoned.values())));
    }

    private EmbeddingBatchSettings batch() {
        reader.requireAtMost(BATCH_CACHE_BYTES, heap / 2, "half of the heap");
        BatchLimits limits = new BatchLimits(
                reader.read("paddock.batch.texts", wholeNumber(1, BatchLimits.MOST_TEXTS)),
                reader.read("paddock.batch.characters", wholeNumber(1, GIBIBYTE)),
                reader.read("paddock.batch.bytes", bytes(KIBIBYTE, GIBIBYTE)),
                reader.find("paddock.batch.array-limit", wholeNumber(1, MOST_TEXTS_OF_A_SERVER)));
        return new EmbeddingBatchSettings(
                limits,
                Math.min(heap / 2, reader.read(BATCH_CACHE_BYTES, manyBytes(0, TEBIBYTE))),
                reader.read("paddock.batch.cache-ttl", duration()),
                tenancy("paddock.batch.shared"));
    }

    private Tenancy tenancy(String key) {
        return reader.read(key, flag()) ? Tenancy.SHARED : Tenancy.SEPARATE;
    }
}
