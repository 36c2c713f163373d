package dev.paddock.domain.reuse;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;

/**
 * A call that was examined before it is made.
 *
 * @param context the context with which it is to be made: it has what was found out, for this instance of the request only
 * @param isAnswered whether its answer is in memory, so that the call waits neither for a server nor for a store
 * @param length the bytes of that answer; zero if there is none
 */
public record PreparedCall(CallContext context, boolean isAnswered, long length) {

    public PreparedCall {
        requireNonNull(context, "context");
    }

    /** Returns a call that may have to wait. */
    public static PreparedCall waiting(CallContext context) {
        return new PreparedCall(context, false, 0);
    }
}
