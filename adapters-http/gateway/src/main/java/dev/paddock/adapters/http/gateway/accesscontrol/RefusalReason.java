package dev.paddock.adapters.http.gateway.accesscontrol;

import java.util.Locale;

/** Why a request is refused; a bounded label for metrics and logs. */
public enum RefusalReason {
    /** The host name is not one of the gateway's. */
    HOST(403),
    /** The web page may not use the gateway. */
    ORIGIN(403),
    /** Other servers could take a header for a different one. */
    HEADER(400),
    /** No key, or a wrong one. */
    KEY(401),
    /** The rate limit of the client. */
    RATE(429),
    /** The operation needs administration to be allowed. */
    ADMIN(403),
    /** The gateway never relays the method. */
    METHOD(405),
    /** The request has passed this gateway before. */
    LOOP(508),
    /** The priority of the request is not known. */
    PRIORITY(400),
    /** The request is not correct HTTP. */
    FRAMING(400),
    /** The request arrives too slowly. */
    SLOW(408),
    /** The request exceeds a size limit, alone or together with others. */
    SIZE(413);

    private final int status;

    RefusalReason(int status) {
        this.status = status;
    }

    /** Returns the usual status of such a refusal. */
    public int status() {
        return status;
    }

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
