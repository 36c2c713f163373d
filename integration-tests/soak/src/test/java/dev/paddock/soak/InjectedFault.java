package dev.paddock.soak;

import java.util.Locale;

/** What the server does to one request instead of answering it as it should. */
enum InjectedFault {
    NONE,
    CLOSE_WITHOUT_ANSWER,
    RESET_WITHOUT_ANSWER,
    GARBAGE,
    STALL_BEFORE_HEAD,
    BREAK_IN_HEAD,
    BUSY,
    TOO_MANY_REQUESTS,
    SERVER_ERROR,
    BAD_GATEWAY,
    TRUNCATED_BODY,
    RESET_IN_BODY,
    BROKEN_CHUNK,
    STALL_IN_BODY,
    ERROR_IN_BODY,
    NO_LAST_FRAME,
    BROKEN_JSON,
    /** The server reports its failure in another form than its own API has. */
    FOREIGN_ERROR,
    /** Harmless: the answer is sent byte by byte. */
    DRIP,
    /** Harmless: the server announces that it closes the connection, and does so. */
    ANNOUNCED_CLOSE,
    /** Harmless, but for the next request: the server closes the connection and does not say so. */
    SILENT_CLOSE,
    /** Harmless: the answer has no content type. */
    UNLABELLED,
    /** Harmless: fields that no caller needs have values of another type, and an error that is none. */
    ODD_FIELDS,
    /** Harmless: between the lines stand others that are no object. */
    HEARTBEATS,
    /** Harmless: the body is compressed although that was not accepted. */
    COMPRESSED;

    private static final InjectedFault[] ALL = values();

    /** Returns the fault for a random number from 0 to 1, none in the given part of all cases. */
    static InjectedFault of(double random, double healthyShare) {
        if (random < healthyShare) {
            return NONE;
        }
        double position = (random - healthyShare) / (1 - healthyShare);
        return ALL[1 + Math.min(ALL.length - 2, (int) (position * (ALL.length - 1)))];
    }

    /** Tells whether the answer arrives whole all the same. */
    boolean isHarmless() {
        return this == NONE || compareTo(DRIP) >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
