package dev.paddock.adapters.http.sim;

import java.io.Serial;

/** The model stopped without saying that it was done. */
final class AnswerTruncatedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    AnswerTruncatedException() {
        super("answer cut short", null, false, false);
    }
}
