package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.bytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.manyBytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.oneOf;

import dev.paddock.adapters.http.answercache.AnswerCacheSettings;
import dev.paddock.adapters.http.answercache.AnswerCacheSettings.ModelVersioning;
import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.SingleFlightSettings;
import dev.paddock.domain.reuse.SingleFlightSettings.WhenAbandoned;
import dev.paddock.domain.reuse.Tenancy;

/** Makes the settings of the cache and of single-flight from keys. They are checked even when they are switched off. */
final class ReuseAssembly {

    private static final String MAX_BYTES = "paddock.cache.max-bytes";
    private static final String MAX_ENTRY = "paddock.cache.max-entry";
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
        return new ReuseSettings(
                reader.read("paddock.cache.enabled", flag()) ? cache : null,
                reader.read("paddock.single-flight.enabled", flag()) ? singleFlight : null);
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
                tenancy("paddock.cache.shared"),
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

    private Tenancy tenancy(String key) {
        return reader.read(key, flag()) ? Tenancy.SHARED : Tenancy.SEPARATE;
    }
}
