package dev.paddock.domain.reuse;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;

/**
 * How equal requests in progress share one answer.
 *
 * @param bufferBytes how many bytes of one answer are kept for its readers, at least 1024
 * @param sampledToo whether answers that are chosen at random are shared
 * @param tenancy between which callers answers are shared
 * @param whenAbandoned what happens to an answer whose last reader leaves before its end
 */
public record SingleFlightSettings(int bufferBytes, boolean sampledToo, Tenancy tenancy, WhenAbandoned whenAbandoned) {

    /** What happens to an answer that has lost its last reader. */
    public enum WhenAbandoned {
        /** It is cancelled, so that the server stops. */
        CANCEL,
        /** It is read to its end, or up to the deadline of its latest reader, so that it can be stored. */
        FINISH
    }

    public SingleFlightSettings {
        requireNonNull(tenancy, "tenancy");
        requireNonNull(whenAbandoned, "whenAbandoned");
        if (bufferBytes < 1024) {
            throw new InvalidRequestException("the buffer of a shared answer must have at least 1024 bytes", ErrorFacts.NONE);
        }
    }
}
