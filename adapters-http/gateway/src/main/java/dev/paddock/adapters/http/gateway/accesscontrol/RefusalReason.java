package dev.paddock.adapters.http.gateway.accesscontrol;

import java.util.Locale;

/** Why a request is not let in; a bounded label for metrics and logs. */
public enum RefusalReason {
    /** The gateway is addressed by a name that is not its own. */
    HOST,
    /** A web page that is not allowed to. */
    ORIGIN,
    /** A field that others might take for another one. */
    HEADER,
    /** No key, or a wrong one. */
    KEY,
    /** Too many requests. */
    RATE,
    /** Something that only administrators may do. */
    ADMIN,
    /** A method that is never passed on. */
    METHOD,
    /** It has passed this gateway before. */
    LOOP,
    /** The server could make no sense of it. */
    FRAMING,
    /** It took too long to arrive. */
    SLOW,
    /** It exceeds a limit of size, alone or together with all others. */
    SIZE;

    /** Returns the name as it appears in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the reason for which the server itself refuses a request with the given status. */
    public static RefusalReason ofStatus(int status) {
        return switch (status) {
            case 408 -> SLOW;
            case 413, 414, 431, 503, 507 -> SIZE;
            default -> FRAMING;
        };
    }
}
