package dev.paddock.adapters.http.sim;

import java.io.Serial;

/** The process that runs the model failed while answering. */
final class RunnerFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String text;
    private final boolean insideStream;

    /**
     * Makes a failure.
     *
     * @param insideStream whether a streamed answer reports it as a line even when it is the first line
     */
    RunnerFailedException(String text, boolean insideStream) {
        super(text, null, false, false);
        this.text = text;
        this.insideStream = insideStream;
    }

    String text() {
        return text;
    }

    boolean insideStream() {
        return insideStream;
    }
}
