package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.exchange.TimeLimits;
import dev.paddock.adapters.http.resilience.ResilienceSettings;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every call. Immutable.
 *
 * @param limit how long a whole call may take, retries and the last piece of a stream included; null for no such limit
 * @param limits how long the phases of an attempt may take
 * @param resilience what follows a failed call
 * @param longestFrame how many bytes one line or one event of an answer may have, at least 1024
 */
public record CallSettings(
        @Nullable Duration limit, TimeLimits limits, ResilienceSettings resilience, int longestFrame) {

    public CallSettings {
        requireNonNull(limits, "limits");
        requireNonNull(resilience, "resilience");
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new InvalidRequestException("the limit of a call must be positive, not " + limit, ErrorFacts.NONE);
        }
        if (longestFrame < 1024) {
            throw new InvalidRequestException(
                    "the longest frame must be at least 1024 bytes, not " + longestFrame, ErrorFacts.NONE);
        }
    }

    /** Returns these settings with the given limit of a whole call, null for none. */
    public CallSettings withLimit(@Nullable Duration newLimit) {
        return new CallSettings(newLimit, limits, resilience, longestFrame);
    }

    /** Returns these settings with the given limits of the phases. */
    public CallSettings withLimits(TimeLimits newLimits) {
        return new CallSettings(limit, newLimits, resilience, longestFrame);
    }

    /** Returns these settings with the given consequences of failures. */
    public CallSettings withResilience(ResilienceSettings newResilience) {
        return new CallSettings(limit, limits, newResilience, longestFrame);
    }
}
