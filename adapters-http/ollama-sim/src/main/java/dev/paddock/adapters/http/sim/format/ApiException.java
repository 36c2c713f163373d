package dev.paddock.adapters.http.sim.format;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An error the server answers with a status and a message. */
public abstract class ApiException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Makes an error without a stack trace: it is an answer, not a defect of the simulator. */
    protected ApiException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    public String text() {
        @Nullable String message = getMessage();
        return message == null ? "" : message;
    }

    /** Returns an error with a status and a message. */
    public static ApiException of(int status, String message) {
        return new StatusException(status, message);
    }

    private static final class StatusException extends ApiException {
        @Serial
        private static final long serialVersionUID = 1L;

        private StatusException(int status, String message) {
            super(status, message);
        }
    }
}
