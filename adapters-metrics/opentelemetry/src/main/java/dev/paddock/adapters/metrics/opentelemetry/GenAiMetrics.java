package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.telemetry.AnswerFacts.Tokens;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metrics of calls by the GenAI conventions. Thread-safe. */
abstract sealed class GenAiMetrics {

    /** Those of the conventions, and three above them, because a model that has to be loaded takes minutes. */
    private static final List<Double> SECONDS = List.of(
            0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92, 163.84, 327.68, 655.36);

    private static final List<Long> TOKENS = List.of(
            1L, 4L, 16L, 64L, 256L, 1024L, 4096L, 16_384L, 65_536L, 262_144L, 1_048_576L, 4_194_304L, 16_777_216L, 67_108_864L);

    static GenAiMetrics of(Meter meter, GenAiConventions conventions) {
        return switch (conventions) {
            case OPERATION -> new OperationMetrics(meter);
            case INFERENCE -> new InferenceMetrics(meter);
        };
    }

    /** Records a call that has ended, whatever its end. */
    abstract void ended(Operation operation, double seconds, Tokens tokens, Attributes attributes);

    /** Records the first chunk of a stream. */
    abstract void firstChunk(double seconds, Attributes attributes);

    /** Records a further chunk of a stream. */
    abstract void nextChunk(double seconds, Attributes attributes);

    private static DoubleHistogram seconds(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    private static LongHistogram tokens(Meter meter, String name, String description) {
        return meter.histogramBuilder(name)
                .ofLongs()
                .setUnit("{token}")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(TOKENS)
                .build();
    }

    private static final class OperationMetrics extends GenAiMetrics {

        private final DoubleHistogram duration;
        private final DoubleHistogram firstChunk;
        private final DoubleHistogram nextChunk;
        private final LongHistogram usage;

        OperationMetrics(Meter meter) {
            this.duration = seconds(meter, "gen_ai.client.operation.duration", "GenAI operation duration.");
            this.firstChunk = seconds(meter, "gen_ai.client.operation.time_to_first_chunk", "Time to receive the first chunk.");
            this.nextChunk = seconds(meter, "gen_ai.client.operation.time_per_output_chunk", "Time between two chunks.");
            this.usage = tokens(meter, "gen_ai.client.token.usage", "Number of input and output tokens used.");
        }

        @Override
        void ended(Operation operation, double seconds, Tokens tokens, Attributes attributes) {
            duration.record(seconds, attributes);
            record(tokens.input(), "input", attributes);
            record(tokens.output(), "output", attributes);
        }

        private void record(@Nullable Long tokens, String type, Attributes attributes) {
            if (tokens != null) {
                Attributes ofTokens = attributes.toBuilder()
                        .remove(TelemetryAttributes.ERROR)
                        .put(TelemetryAttributes.TOKEN_TYPE, type)
                        .build();
                usage.record(tokens, ofTokens);
            }
        }

        @Override
        void firstChunk(double seconds, Attributes attributes) {
            firstChunk.record(seconds, attributes);
        }

        @Override
        void nextChunk(double seconds, Attributes attributes) {
            nextChunk.record(seconds, attributes);
        }
    }

    private static final class InferenceMetrics extends GenAiMetrics {

        private static final String PREFIX = "gen_ai.client.inference.";

        private final DoubleHistogram duration;
        private final DoubleHistogram embeddingsDuration;
        private final DoubleHistogram firstChunk;
        private final DoubleHistogram nextChunk;
        private final LongHistogram input;
        private final LongHistogram embeddingsInput;
        private final LongHistogram output;
        private final LongCounter inputUsage;
        private final LongCounter outputUsage;
        private final LongCounter cachedUsage;
        private final LongCounter cacheWrittenUsage;
        private final LongCounter reasoningUsage;

        InferenceMetrics(Meter meter) {
            this.duration = seconds(meter, PREFIX + "duration", "GenAI client inference operation duration.");
            this.embeddingsDuration =
                    seconds(meter, "gen_ai.client.embeddings.duration", "GenAI client embeddings operation duration.");
            this.firstChunk = seconds(meter, PREFIX + "time_to_first_chunk", "Time to receive the first chunk.");
            this.nextChunk = seconds(meter, PREFIX + "time_per_output_chunk", "Time between two chunks.");
            this.input = tokens(meter, PREFIX + "operation.input_tokens", "Input tokens used per inference operation.");
            this.embeddingsInput = tokens(
                    meter, "gen_ai.client.embeddings.operation.input_tokens", "Input tokens used per embeddings operation.");
            this.output = tokens(meter, PREFIX + "operation.output_tokens", "Output tokens used per inference operation.");
            this.inputUsage = counter(meter, "input_tokens", "Input tokens used, including cached ones.");
            this.outputUsage = counter(meter, "output_tokens", "Output tokens used, including those of reasoning.");
            this.cachedUsage = counter(meter, "cache_read.input_tokens", "Input tokens served from a provider-managed cache.");
            this.cacheWrittenUsage = counter(meter, "cache_write.input_tokens", "Input tokens written to a provider-managed cache.");
            this.reasoningUsage = counter(meter, "reasoning.output_tokens", "Output tokens used for reasoning.");
        }

        private static LongCounter counter(Meter meter, String name, String description) {
            return meter.counterBuilder(PREFIX + "usage." + name)
                    .setUnit("{token}")
                    .setDescription(description)
                    .build();
        }

        @Override
        void ended(Operation operation, double seconds, Tokens tokens, Attributes attributes) {
            if (operation == Operation.EMBED) {
                embeddingsDuration.record(seconds, attributes);
                if (tokens.input() != null) {
                    embeddingsInput.record(tokens.input(), attributes);
                }
                return;
            }
            duration.record(seconds, attributes);
            // What the server does not say counts as 0, so that there are as many operations with tokens as without.
            input.record(known(tokens.input()), attributes);
            output.record(known(tokens.output()), attributes);
            Attributes usage = attributes.toBuilder()
                    .remove(TelemetryAttributes.ERROR)
                    .put(TelemetryAttributes.TOKEN_MODALITY, "unknown")
                    .build();
            inputUsage.add(known(tokens.input()), usage);
            outputUsage.add(known(tokens.output()), usage);
            cachedUsage.add(known(tokens.cached()), usage);
            cacheWrittenUsage.add(known(tokens.cacheWritten()), usage);
            reasoningUsage.add(known(tokens.reasoning()), usage);
        }

        private static long known(@Nullable Long tokens) {
            return tokens == null ? 0 : tokens;
        }

        @Override
        void firstChunk(double seconds, Attributes attributes) {
            firstChunk.record(seconds, attributes);
        }

        @Override
        void nextChunk(double seconds, Attributes attributes) {
            nextChunk.record(seconds, attributes);
        }
    }
}
