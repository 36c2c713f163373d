package dev.paddock.bootstrap.config;

import static dev.paddock.bootstrap.config.value.ValueParsers.duration;
import static dev.paddock.bootstrap.config.value.ValueParsers.flag;
import static dev.paddock.bootstrap.config.value.ValueParsers.manyBytes;
import static dev.paddock.bootstrap.config.value.ValueParsers.number;
import static dev.paddock.bootstrap.config.value.ValueParsers.oneOf;
import static dev.paddock.bootstrap.config.value.ValueParsers.text;
import static dev.paddock.bootstrap.config.value.ValueParsers.wholeNumber;

import dev.paddock.bootstrap.config.source.SettingReader;
import dev.paddock.domain.reuse.semantic.QuestionGuard;
import dev.paddock.domain.reuse.semantic.SemanticMode;
import dev.paddock.domain.reuse.semantic.SemanticSettings;

/** Makes the settings of the semantic cache from keys. */
final class SemanticAssembly {

    static final String ENABLED = "paddock.semantic-cache.enabled";

    private static final String MAX_BYTES = "paddock.semantic-cache.max-bytes";
    private static final long LEAST_BYTES = 64 * 1024;
    private static final long TEBIBYTE = 1L << 40;
    private static final double LEAST_SIMILARITY = 0.1;
    private static final double LEAST_ERRORS = 0.001;
    private static final int MOST_OBSERVATIONS = 100;
    private static final int MIDDLE_LENGTH = 200;
    private static final int MOST_CHARACTERS = 4000;

    private final SettingReader reader;
    private final long heap;

    /** Creates the assembly for a process with a heap of the given size. */
    SemanticAssembly(SettingReader reader, long heap) {
        this.reader = reader;
        this.heap = heap;
    }

    SemanticSettings assemble() {
        reader.requireAtMost(MAX_BYTES, heap / 2, "half of the heap");
        boolean isInProcess = reader.read("paddock.semantic-cache.in-process", flag());
        String model = reader.read("paddock.semantic-cache.embedding-model", text());
        return new SemanticSettings(
                reader.read("paddock.semantic-cache.mode", oneOf(SemanticMode.values())),
                new SemanticSettings.Matching(
                        reader.read("paddock.semantic-cache.threshold", number(LEAST_SIMILARITY, 1)),
                        new QuestionGuard(
                                reader.read("paddock.semantic-cache.shortest", wholeNumber(1, MIDDLE_LENGTH)),
                                reader.read("paddock.semantic-cache.longest", wholeNumber(MIDDLE_LENGTH, MOST_CHARACTERS)))),
                new SemanticSettings.Evidence(
                        reader.read("paddock.semantic-cache.max-errors", number(LEAST_ERRORS, 1)),
                        reader.read("paddock.semantic-cache.observations", wholeNumber(0, MOST_OBSERVATIONS)),
                        reader.read("paddock.semantic-cache.same-answer", number(LEAST_SIMILARITY, 1))),
                new SemanticSettings.Audit(
                        reader.read("paddock.semantic-cache.audit", number(0, 1)),
                        reader.read("paddock.semantic-cache.max-false-hits", number(0, 1))),
                new SemanticSettings.EmbeddingLimits(
                        isInProcess ? null : model,
                        reader.read("paddock.semantic-cache.embedding-timeout", duration())),
                Math.max(LEAST_BYTES, Math.min(heap / 2, reader.read(MAX_BYTES, manyBytes(LEAST_BYTES, TEBIBYTE)))));
    }
}
