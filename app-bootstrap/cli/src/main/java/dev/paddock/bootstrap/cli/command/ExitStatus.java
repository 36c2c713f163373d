package dev.paddock.bootstrap.cli.command;

import dev.paddock.domain.error.ErrorKind;

/** The exit status of the process. The numbers are documented and do not change. */
public enum ExitStatus {
    OK(0),
    /** The call failed for a reason without a status of its own. */
    FAILED(1),
    /** The command line is invalid. */
    USAGE(2),
    /** The configuration is invalid. */
    CONFIGURATION(3),
    /** The server cannot be reached, or its circuit is open. */
    UNREACHABLE(4),
    /** The server does not have the model. */
    MODEL_NOT_FOUND(5),
    /** A timeout expired. */
    TIMEOUT(6),
    /** The server or the pool is overloaded; the same call may succeed later. */
    BUSY(7),
    /** The server refused the credentials. */
    REFUSED(8),
    /** The answer began and did not end: the output is incomplete. */
    INCOMPLETE(9),
    /** A benchmark is worse than its conditions allow. */
    WORSE(10),
    /** A defect of Paddock. */
    DEFECT(70),
    /** The output cannot be written. */
    OUTPUT_FAILED(74),
    /** Cancelled, as by Ctrl-C. */
    CANCELLED(130),
    /** The reader of the output has closed it. */
    OUTPUT_CLOSED(141);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** Returns the number. */
    public int code() {
        return code;
    }

    /** Returns the status of a failed call. */
    public static ExitStatus of(ErrorKind kind) {
        return switch (kind) {
            case BACKEND_UNAVAILABLE, CIRCUIT_OPEN -> UNREACHABLE;
            case MODEL_NOT_FOUND -> MODEL_NOT_FOUND;
            case TIMEOUT -> TIMEOUT;
            case RATE_LIMITED, SERVER_BUSY, POOL_EXHAUSTED, OVERLOADED -> BUSY;
            case AUTHENTICATION -> REFUSED;
            case GENERATION_FAILED, CONNECTION_LOST, TRUNCATED_RESPONSE -> INCOMPLETE;
            case CANCELLED -> CANCELLED;
            case INVALID_REQUEST, SERVER_FAILED, MALFORMED_RESPONSE, NOT_CACHED, CLIENT_CLOSED -> FAILED;
        };
    }
}
