package dev.paddock.domain.sharedstate;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * What a process shares with others, and in which store.
 *
 * @param store the place of the store
 * @param prefix the beginning of all names in the store, visible ASCII characters; processes with another one share nothing with this
 * @param timeout the longest wait for one operation, positive
 * @param maxEntryBytes the largest stored answer as it is sent, compressed, at least 1024
 * @param parts what is shared
 */
public record SharedStateSettings(StoreAddress store, String prefix, Duration timeout, int maxEntryBytes, Parts parts) {

    private static final int LONGEST_PREFIX = 100;

    public SharedStateSettings {
        requireNonNull(store, "store");
        requireNonNull(parts, "parts");
        require(isPrefix(prefix), "a prefix consists of at most " + LONGEST_PREFIX + " visible ASCII characters");
        require(timeout.isPositive(), "the longest wait for a store must be positive");
        require(maxEntryBytes >= 1024, "the largest shared answer must have at least 1 KiB");
    }

    /** Returns whether a text can be the beginning of names. */
    public static boolean isPrefix(String text) {
        return text.length() <= LONGEST_PREFIX && text.chars().allMatch(character -> character > ' ' && character <= '~');
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }

    /**
     * What is shared.
     *
     * @param answers whether stored answers are
     * @param limits whether the rate limits of callers are
     * @param leases whether only one process at a time asks for an answer that is to be stored
     */
    public record Parts(boolean answers, boolean limits, boolean leases) {

        public Parts {
            if (leases && !answers) {
                throw new InvalidRequestException("leases are of no use without shared answers", ErrorFacts.NONE);
            }
        }
    }
}
