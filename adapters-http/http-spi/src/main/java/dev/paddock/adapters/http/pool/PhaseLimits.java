package dev.paddock.adapters.http.pool;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * The time limits of the phases of a call once its connection is open. Immutable.
 *
 * @param send how long the server may take to accept one more piece of the request, positive
 * @param head how long the head and the first frame of the response may take together after the request was sent, positive; a server
 *     sends nothing, or the head and heartbeats alone, while it loads a model and reads the prompt
 * @param gap how long the response may take from one frame to the next while its reader waits for it, positive; heartbeats do not
 *     extend it
 */
public record PhaseLimits(Duration send, Duration head, Duration gap) {

    /** Limits for calls that make a server compute: Ollama gives up loading a model after five minutes by itself. */
    public static final PhaseLimits DEFAULT =
            new PhaseLimits(Duration.ofSeconds(30), Duration.ofSeconds(330), Duration.ofSeconds(120));

    public PhaseLimits {
        requirePositive("the limit for sending", send);
        requirePositive("the limit for the head", head);
        requirePositive("the limit between frames", gap);
    }

    /** Returns these limits with another one for the head. */
    public PhaseLimits withHead(Duration newHead) {
        return new PhaseLimits(send, newHead, gap);
    }

    private static void requirePositive(String what, Duration limit) {
        if (requireNonNull(limit, what).isNegative() || limit.isZero()) {
            throw new InvalidRequestException(what + " must be positive, not " + limit, ErrorFacts.NONE);
        }
    }
}
