package dev.paddock.adapters.http.answercache;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * How a change of a model is noticed, by all that keep its answers.
 *
 * @param versioning by what
 * @param poll how long a change by another client may stay unnoticed, positive
 */
public record ModelVersionSettings(ModelVersioning versioning, Duration poll) {

    /** By the digests, which are read again after 30 seconds. */
    public static final ModelVersionSettings DEFAULT = new ModelVersionSettings(ModelVersioning.DIGEST, Duration.ofSeconds(30));

    /** By what a change of a model is noticed. */
    public enum ModelVersioning {
        /** By the digests that the server lists. Answers of models without a digest are not stored. */
        DIGEST,
        /** By the requests of this client only, for servers without digests. */
        NAME
    }

    public ModelVersionSettings {
        requireNonNull(versioning, "versioning");
        if (!poll.isPositive()) {
            throw new InvalidRequestException("the time between two looks at the models must be positive", ErrorFacts.NONE);
        }
    }
}
