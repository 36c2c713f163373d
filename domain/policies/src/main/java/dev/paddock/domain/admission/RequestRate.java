package dev.paddock.domain.admission;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;

/**
 * How many requests a caller may send.
 *
 * @param perSecond requests per second on average, positive
 * @param burst how many requests may come at once after a pause, positive
 */
public record RequestRate(double perSecond, int burst) {

    public RequestRate {
        if (!(perSecond > 0) || burst < 1) {
            throw new InvalidRequestException("a rate of requests and its burst are positive", ErrorFacts.NONE);
        }
    }

    /** Returns the share of one of several equal parts; its burst is at least one request. */
    public RequestRate share(int parts) {
        return parts <= 1 ? this : new RequestRate(perSecond / parts, Math.max(1, burst / parts));
    }
}
