package dev.paddock.bootstrap.cli;

import dev.paddock.domain.error.ErrorKind;

/** What the exit status of the process tells a script. The numbers are documented and do not change. */
enum ExitStatus {
    OK(0),
    /** The call failed, and no other status says it better. */
    FAILED(1),
    /** The command line makes no sense. */
    USAGE(2),
    /** The configuration makes no sense. */
    CONFIGURATION(3),
    /** No connection to the server could be made, or it failed so often that none is tried. */
    UNREACHABLE(4),
    /** The server does not have the model. */
    MODEL_NOT_FOUND(5),
    /** It took longer than it may. */
    TIMEOUT(6),
    /** Too much at once, for the server or for the pool: the same call may work later. */
    BUSY(7),
    /** The server does not let this caller in. */
    REFUSED(8),
    /** The answer began and did not end: what was printed is not all of it. */
    INCOMPLETE(9),
    /** A defect of Paddock. */
    DEFECT(70),
    /** Cancelled, as by Ctrl-C. */
    CANCELLED(130),
    /** The reader of the output went away. */
    OUTPUT_CLOSED(141);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitStatus of(ErrorKind kind) {
        return switch (kind) {
            case BACKEND_UNAVAILABLE, CIRCUIT_OPEN -> UNREACHABLE;
            case MODEL_NOT_FOUND -> MODEL_NOT_FOUND;
            case TIMEOUT -> TIMEOUT;
            case RATE_LIMITED, SERVER_BUSY, POOL_EXHAUSTED -> BUSY;
            case AUTHENTICATION -> REFUSED;
            case GENERATION_FAILED, CONNECTION_LOST, TRUNCATED_RESPONSE -> INCOMPLETE;
            case CANCELLED -> CANCELLED;
            case INVALID_REQUEST, SERVER_FAILED, MALFORMED_RESPONSE, CLIENT_CLOSED -> FAILED;
        };
    }
}
