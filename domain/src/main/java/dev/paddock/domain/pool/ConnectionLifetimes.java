package dev.paddock.domain.pool;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * How long pooled connections live.
 *
 * @param idle how long an unused connection is kept, positive. Ollama itself never closes an idle connection, but what stands
 *     between may
 * @param total how old a connection may become before it is not used again, positive; bounds how long a moved host name
 *     goes unnoticed
 */
public record ConnectionLifetimes(Duration idle, Duration total) {

    /** One minute idle, five minutes in all. */
    public static final ConnectionLifetimes DEFAULT = new ConnectionLifetimes(Duration.ofMinutes(1), Duration.ofMinutes(5));

    public ConnectionLifetimes {
        requirePositive("the idle lifetime of a connection", idle);
        requirePositive("the total lifetime of a connection", total);
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidRequestException(what + " must be positive, not " + duration, ErrorFacts.NONE);
        }
    }
}
