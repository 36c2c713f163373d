package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * How much is sent with one request.
 *
 * @param texts the most texts of several callers, 1 to 4096; how many it really are is learned
 * @param characters the most characters of the texts of several callers, at least 1; a single longer text is sent alone
 * @param bytes the most bytes of such a request and its expected answer, at least 1024
 * @param array the most texts that the server accepts in one request, at least 1; null when that is not known. A caller's own array above it is
 *     sent in parts
 */
public record BatchLimits(int texts, int characters, int bytes, @Nullable Integer array) {

    /** The largest number of texts of several callers. */
    public static final int MOST_TEXTS = 4096;

    public BatchLimits {
        require(texts >= 1 && texts <= MOST_TEXTS, "a batch must have from 1 to " + MOST_TEXTS + " texts");
        require(characters >= 1, "a batch must have at least 1 character");
        require(bytes >= 1024, "a batch must have at least 1024 bytes");
        require(array == null || array >= 1, "a server must accept at least 1 text in a request");
    }

    private static void require(boolean isTrue, String rule) {
        if (!isTrue) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }
}
