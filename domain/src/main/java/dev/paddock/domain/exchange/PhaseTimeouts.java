package dev.paddock.domain.exchange;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Time limits for the phases of one call; null leaves the limit of the settings in force. Connecting is not among them, because a
 * connection may serve other calls later.
 *
 * @param write how long the server may take to accept one more piece of the request, positive
 * @param responseHead how long the head and the first frame of the response may take together after the request was sent, positive
 * @param readIdle how long the response may take from one frame to the next while its reader waits for it, positive; heartbeats do not
 *     extend it
 */
public record PhaseTimeouts(@Nullable Duration write, @Nullable Duration responseHead, @Nullable Duration readIdle) {

    /** Leaves every limit as it is. */
    public static final PhaseTimeouts UNCHANGED = new PhaseTimeouts(null, null, null);

    public PhaseTimeouts {
        requirePositive("write", write);
        requirePositive("response head", responseHead);
        requirePositive("read idle", readIdle);
    }

    /** Returns these limits with another one for sending. */
    public PhaseTimeouts withWrite(Duration limit) {
        return new PhaseTimeouts(limit, responseHead, readIdle);
    }

    /** Returns these limits with another one for the head of the response. */
    public PhaseTimeouts withResponseHead(Duration limit) {
        return new PhaseTimeouts(write, limit, readIdle);
    }

    /** Returns these limits with another one from frame to frame. */
    public PhaseTimeouts withReadIdle(Duration limit) {
        return new PhaseTimeouts(write, responseHead, limit);
    }

    private static void requirePositive(String what, @Nullable Duration limit) {
        if (limit != null && !limit.isPositive()) {
            throw new InvalidRequestException("the " + what + " timeout of a call must be positive, not " + limit, ErrorFacts.NONE);
        }
    }
}
