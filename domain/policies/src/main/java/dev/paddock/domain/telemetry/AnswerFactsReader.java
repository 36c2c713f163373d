package dev.paddock.domain.telemetry;

import dev.paddock.domain.exchange.Frame;

/** Reads one answer frame by frame. Used by one thread at a time; never throws because of what it reads. */
public interface AnswerFactsReader {

    /** Takes the next frame. It is cheap: a stream is read at its end, and only where facts are. */
    void accept(Frame frame);

    /** Returns what the frames say that were taken so far. */
    AnswerFacts facts();
}
