package dev.paddock.domain.error;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The call was not admitted: the queue in front of the server is full, or the call would have waited, or has waited, too long in it.
 * Nothing was sent. {@link ErrorFacts#retryAfter()} is the time after which there should be room, 1 to 30 seconds; it is null for a call
 * that has waited too long. It has no stack trace, because calls that are refused may be many.
 */
public final class OverloadedException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long limit;

    @SuppressWarnings("serial") // a value; failures are not meant to be serialised
    private final @Nullable Duration expectedWait;

    /**
     * Creates the failure.
     *
     * @param reason why the call was not admitted
     * @param limit the limit that was reached, in the unit of the reason
     * @param expectedWait how long the call would have had to wait, or null if that is not known
     * @param facts what is known
     */
    public OverloadedException(Reason reason, long limit, @Nullable Duration expectedWait, ErrorFacts facts) {
        super(ErrorKind.OVERLOADED, reason.before + limit + reason.after, facts);
        this.reason = reason;
        this.limit = limit;
        this.expectedWait = expectedWait;
    }

    /** Returns why the call was not admitted. */
    public Reason reason() {
        return reason;
    }

    /** Returns whether the caller has used up its own share, so that calls of other callers are still admitted. */
    public boolean isOwnShare() {
        return reason == Reason.CALLER_SHARE || reason == Reason.BYTES_SHARE;
    }

    /** Returns the limit that was reached, in the unit of the reason. */
    public long limit() {
        return limit;
    }

    /** Returns how long the call would have had to wait in the queue, or null if that is not known. */
    public @Nullable Duration expectedWait() {
        return expectedWait;
    }

    /** Why a call was not admitted. */
    public enum Reason {
        /** The caller has as many waiting calls as are left for others; the limit is their number. */
        CALLER_SHARE("the caller has ", " calls in the queue, which is its share"),
        /** The queue is full; the limit is the number of its calls. */
        QUEUE_FULL("the queue is full: ", " calls wait for the model"),
        /** The waiting calls of the caller need as much memory as is left for others; the limit is in bytes. */
        BYTES_SHARE("the calls of the caller in the queue have ", " bytes, which is its share"),
        /** The waiting calls need all the memory of the queue; the limit is in bytes. */
        BYTES_FULL("the calls in the queue may have no more than ", " bytes together"),
        /** The call would have waited longer than its deadline allows; the limit is the time until its deadline in milliseconds. */
        DEADLINE("the call would wait in the queue for longer than the ", " ms until its deadline"),
        /** The call has waited for as long as its priority allows; the limit is that time in milliseconds. */
        EXPIRED("the call was not admitted within the ", " ms that its priority may wait");

        private final String before; // the limit, in the message
        private final String after;

        Reason(String before, String after) {
            this.before = before;
            this.after = after;
        }

        /** Returns the name as it appears in metrics, for example {@code queue_full}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
