package dev.paddock.domain.model.generation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.ModelOptions;
import org.jspecify.annotations.Nullable;

/**
 * What chat and generate requests have in common. Null always means that the server decides. Immutable.
 *
 * @param options the options map
 * @param format the form that the answer must have
 * @param thinking how much a thinking model reasons
 * @param keepAlive how long the model stays loaded
 * @param truncate whether a prompt that is too long is cut instead of refused
 * @param shift whether the context is shifted when it fills up
 * @param logprobs whether and how log probabilities are wanted: null for not, 0 to 20 for that many alternatives a token
 */
public record GenerationSettings(
        ModelOptions options,
        @Nullable ResponseFormat format,
        @Nullable Thinking thinking,
        @Nullable KeepAlive keepAlive,
        @Nullable Boolean truncate,
        @Nullable Boolean shift,
        @Nullable Integer logprobs) {

    /** The server decides everything. */
    public static final GenerationSettings DEFAULT = builder().build();

    public GenerationSettings {
        requireNonNull(options, "options");
        if (logprobs != null && (logprobs < 0 || logprobs > 20)) {
            throw new InvalidRequestException(
                    "alternatives for log probabilities must be 0 to 20, not " + logprobs, ErrorFacts.NONE);
        }
    }

    /** Returns a builder that leaves everything to the server. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {

        private ModelOptions options = ModelOptions.NONE;
        private @Nullable ResponseFormat format;
        private @Nullable Thinking thinking;
        private @Nullable KeepAlive keepAlive;
        private @Nullable Boolean truncate;
        private @Nullable Boolean shift;
        private @Nullable Integer logprobs;

        private Builder() {}

        /** Sets the options map. */
        public Builder options(ModelOptions newOptions) {
            this.options = newOptions;
            return this;
        }

        /** Sets the form that the answer must have. */
        public Builder format(ResponseFormat newFormat) {
            this.format = newFormat;
            return this;
        }

        /** Sets how much a thinking model reasons. */
        public Builder thinking(Thinking newThinking) {
            this.thinking = newThinking;
            return this;
        }

        /** Sets how long the model stays loaded. */
        public Builder keepAlive(KeepAlive newKeepAlive) {
            this.keepAlive = newKeepAlive;
            return this;
        }

        /** Sets whether a prompt that is too long is cut instead of refused. */
        public Builder truncate(boolean newTruncate) {
            this.truncate = newTruncate;
            return this;
        }

        /** Sets whether the context is shifted when it fills up. */
        public Builder shift(boolean newShift) {
            this.shift = newShift;
            return this;
        }

        /** Asks for log probabilities with the given number of alternatives a token, 0 to 20. */
        public Builder logprobs(int alternatives) {
            this.logprobs = alternatives;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws InvalidRequestException if a value is out of its range
         */
        public GenerationSettings build() {
            return new GenerationSettings(options, format, thinking, keepAlive, truncate, shift, logprobs);
        }
    }
}
