package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.paddock.adapters.http.pool.PhaseLimits;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.PhaseTimeouts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the phases of an exchange may take. Immutable.
 *
 * @param phases the limits of an operation that makes the server work, such as loading a model
 * @param lookup how long the head of an answer may take for which the server has only to look, such as the list of models;
 *     positive
 */
public record ExchangeTimeouts(PhaseLimits phases, Duration lookup) {

    /** What suits a server that may have to load a model. */
    public static final ExchangeTimeouts DEFAULT = new ExchangeTimeouts(PhaseLimits.DEFAULT, Duration.ofSeconds(30));

    public ExchangeTimeouts {
        requireNonNull(phases, "phases");
        if (lookup.isNegative() || lookup.isZero()) {
            throw new InvalidRequestException("the limit of a lookup must be positive, not " + lookup, ErrorFacts.NONE);
        }
    }

    /** Returns the limits for an operation; those that the call itself gives come first. */
    PhaseLimits of(Operation operation, @Nullable PhaseTimeouts ofCall) {
        PhaseLimits limits = operation.operationClass() == OperationClass.READ ? phases.withHead(lookup) : phases;
        return ofCall == null ? limits : new PhaseLimits(
                requireNonNullElse(ofCall.write(), limits.send()),
                requireNonNullElse(ofCall.responseHead(), limits.head()),
                requireNonNullElse(ofCall.readIdle(), limits.gap()));
    }
}
