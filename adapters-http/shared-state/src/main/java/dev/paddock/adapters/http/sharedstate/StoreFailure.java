package dev.paddock.adapters.http.sharedstate;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why the store did not do something.
 *
 * @param kind what follows from it
 * @param reason the reason for the log, without secrets
 */
record StoreFailure(Kind kind, String reason) {

    /** What follows from a failure. */
    enum Kind {
        /** The store is too slow to be used. */
        SLOW,
        /** The connection is of no use any more. */
        LOST,
        /** The store does not write. */
        WRITES_REFUSED,
        /** The store does not do this operation. */
        REFUSED
    }

    /** No failure. */
    static final StoreFailure NONE = new StoreFailure(Kind.REFUSED, "");

    private static final Set<String> NO_WRITES = Set.of("OOM", "READONLY", "MISCONF", "NOREPLICAS");
    private static final Set<String> NO_USE = Set.of("LOADING", "MASTERDOWN", "NOAUTH", "WRONGPASS", "CLUSTERDOWN", "BUSY");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");
    private static final int LONGEST_REASON = 200;

    /** Returns the failure of a store that did not answer in time. */
    static StoreFailure slow(Duration limit) {
        return new StoreFailure(Kind.SLOW, "it does not answer within " + limit.toMillis() + " ms");
    }

    static StoreFailure of(Throwable thrown) {
        Throwable root = cause(thrown);
        if (root instanceof RedisCommandExecutionException) {
            return ofReply(Objects.requireNonNullElse(root.getMessage(), ""));
        }
        String message = root.getMessage();
        return new StoreFailure(Kind.LOST, printable(message == null ? "the connection was closed" : message));
    }

    /** Returns whether a failure is an error that the store answered with. */
    static boolean isReply(Throwable thrown) {
        return cause(thrown) instanceof RedisCommandExecutionException;
    }

    /** Returns the failure that an error reply stands for. */
    static StoreFailure ofReply(String reply) {
        Kind kind = Kind.REFUSED;
        if (hasCode(reply, NO_WRITES)) {
            kind = Kind.WRITES_REFUSED;
        } else if (hasCode(reply, NO_USE)) {
            kind = Kind.LOST;
        }
        return new StoreFailure(kind, printable(reply));
    }

    /** Returns the cause at which a failure began, or the error reply in between. */
    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof RedisCommandExecutionException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Returns whether a reply has one of some codes; a script has the code of its command anywhere in its own text. */
    private static boolean hasCode(String reply, Set<String> codes) {
        for (String word : reply.split("[ :]+", -1)) {
            if (codes.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static String printable(String text) {
        String bounded = text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
        return UNPRINTABLE.matcher(bounded).replaceAll("?");
    }
}
