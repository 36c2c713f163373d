package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.exchange.ExchangeTimeouts;
import dev.paddock.adapters.http.resilience.ResilienceSettings;
import dev.paddock.domain.admission.AdmissionSettings;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of every call. Immutable.
 *
 * @param timeout the timeout of a whole call, including retries and the last frame of a stream; null for none
 * @param limits the timeouts of the phases of an attempt
 * @param resilience retries and circuit breakers
 * @param admission the queue in front of the server, or null for none
 * @param longestFrame the maximum size in bytes of one line or one event of an answer, at least 1024
 */
public record CallSettings(
        @Nullable Duration timeout,
        ExchangeTimeouts limits,
        ResilienceSettings resilience,
        @Nullable AdmissionSettings admission,
        int longestFrame) {

    public CallSettings {
        requireNonNull(limits, "limits");
        requireNonNull(resilience, "resilience");
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new InvalidRequestException("the timeout of a call must be positive, not " + timeout, ErrorFacts.NONE);
        }
        if (longestFrame < 1024) {
            throw new InvalidRequestException(
                    "the longest frame must be at least 1024 bytes, not " + longestFrame, ErrorFacts.NONE);
        }
    }

    /** Returns these settings with the given timeout of a whole call, null for none. */
    public CallSettings withTimeout(@Nullable Duration newTimeout) {
        return new CallSettings(newTimeout, limits, resilience, admission, longestFrame);
    }

    /** Returns these settings with the given limits of the phases. */
    public CallSettings withLimits(ExchangeTimeouts newLimits) {
        return new CallSettings(timeout, newLimits, resilience, admission, longestFrame);
    }

    /** Returns these settings with the given retries and circuit breakers. */
    public CallSettings withResilience(ResilienceSettings newResilience) {
        return new CallSettings(timeout, limits, newResilience, admission, longestFrame);
    }

    /** Returns these settings with the given queue, null for none. */
    public CallSettings withAdmission(@Nullable AdmissionSettings newAdmission) {
        return new CallSettings(timeout, limits, resilience, newAdmission, longestFrame);
    }
}
