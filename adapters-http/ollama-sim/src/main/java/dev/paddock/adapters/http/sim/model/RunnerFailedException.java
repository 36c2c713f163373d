package dev.paddock.adapters.http.sim.model;

import dev.paddock.adapters.http.sim.format.ApiException;
import java.io.Serial;

/** The process that runs the model failed or stopped while it answered. */
public final class RunnerFailedException extends ApiException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean insideStream;

    /**
     * Makes a failure.
     *
     * @param text the error to report; empty when the runner stopped without one, so that the answer just ends
     * @param insideStream whether a streamed answer reports it as a line even when it is the first line
     */
    public RunnerFailedException(String text, boolean insideStream) {
        super(500, text);
        this.insideStream = insideStream;
    }

    boolean insideStream() {
        return insideStream;
    }
}
