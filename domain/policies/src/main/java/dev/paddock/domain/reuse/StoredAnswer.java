package dev.paddock.domain.reuse;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.model.TokenUsage;
import java.time.Duration;
import java.time.Instant;

/**
 * A complete answer in a store.
 *
 * @param key its key
 * @param kind why it may be used again; never {@link ReuseKind#LOAD}
 * @param shape the form that the recorded request asked for
 * @param answer the answer
 * @param backend the server that gave it
 * @param storedAt when it was complete
 * @param took how long the server needed for it
 * @param usage the tokens that the server counted
 */
public record StoredAnswer(
        AnswerKey key,
        ReuseKind kind,
        AnswerShape shape,
        RecordedAnswer answer,
        BackendId backend,
        Instant storedAt,
        Duration took,
        TokenUsage usage) {

    /** Memory of an entry besides its bytes: key, head, and the objects that hold them. */
    private static final int ENTRY_OVERHEAD = 512;

    private static final int FRAME_OVERHEAD = 64;

    public StoredAnswer {
        requireNonNull(key, "key");
        requireNonNull(shape, "shape");
        requireNonNull(answer, "answer");
        requireNonNull(backend, "backend");
        requireNonNull(storedAt, "storedAt");
        requireNonNull(took, "took");
        requireNonNull(usage, "usage");
        if (!kind.isStorable()) {
            throw new IllegalArgumentException("an answer of the kind " + kind.label() + " is never stored");
        }
    }

    /** Returns this answer with the tokens that the server counted. */
    public StoredAnswer withUsage(TokenUsage newUsage) {
        return new StoredAnswer(key, kind, shape, answer, backend, storedAt, took, newUsage);
    }

    /** Returns how old it is, zero or more. */
    public Duration age(Instant now) {
        Duration age = Duration.between(storedAt, now);
        return age.isNegative() ? Duration.ZERO : age; // the clock may have been set back
    }

    /** Returns about how many bytes of memory it needs. */
    public long weight() {
        return weight(key, answer.frames().size(), answer.length());
    }

    /** Returns the weight of an answer with the given number of frames and bytes. */
    public static long weight(AnswerKey key, int frames, long bytes) {
        long texts = 2L * (key.tenant().length() + key.model().length() + key.version().length());
        return ENTRY_OVERHEAD + texts + bytes + (long) FRAME_OVERHEAD * frames;
    }

}
