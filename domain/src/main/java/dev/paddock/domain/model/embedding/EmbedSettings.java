package dev.paddock.domain.model.embedding;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.ModelOptions;
import org.jspecify.annotations.Nullable;

/**
 * How texts are embedded. Null means that the server decides. Immutable.
 *
 * @param truncate whether a text that is too long is cut instead of refused
 * @param dimensions the wanted length of the vectors, at least 1
 * @param keepAlive how long the model stays loaded
 * @param options the options map
 */
public record EmbedSettings(
        @Nullable Boolean truncate,
        @Nullable Integer dimensions,
        @Nullable KeepAlive keepAlive,
        ModelOptions options) {

    /** The server decides everything. */
    public static final EmbedSettings DEFAULT = new EmbedSettings(null, null, null, ModelOptions.NONE);

    public EmbedSettings {
        requireNonNull(options, "options");
        if (dimensions != null && dimensions < 1) {
            throw new InvalidRequestException(
                    "the dimensions of an embedding must be at least 1, not " + dimensions, ErrorFacts.NONE);
        }
    }

    /** Returns these settings with the given behaviour for texts that are too long. */
    public EmbedSettings withTruncate(boolean newTruncate) {
        return new EmbedSettings(newTruncate, dimensions, keepAlive, options);
    }

    /** Returns these settings with the given length of the vectors. */
    public EmbedSettings withDimensions(int newDimensions) {
        return new EmbedSettings(truncate, newDimensions, keepAlive, options);
    }

    /** Returns these settings with the given keep-alive. */
    public EmbedSettings withKeepAlive(KeepAlive newKeepAlive) {
        return new EmbedSettings(truncate, dimensions, newKeepAlive, options);
    }

    /** Returns these settings with the given options map. */
    public EmbedSettings withOptions(ModelOptions newOptions) {
        return new EmbedSettings(truncate, dimensions, keepAlive, newOptions);
    }
}
