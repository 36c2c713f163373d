package dev.paddock.adapters.http.sim.model;

import java.io.Serial;

/** The process that runs the model failed or stopped while it answered. */
public final class RunnerFailedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String text;
    private final boolean insideStream;

    /**
     * Makes a failure.
     *
     * @param text the error to report; empty when the runner stopped without one, so that the answer just ends
     * @param insideStream whether a streamed answer reports it as a line even when it is the first line
     */
    public RunnerFailedException(String text, boolean insideStream) {
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
