package dev.paddock.adapters.http.documentsearch;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;

/** Ends the reading of a PDF that takes too long, or whose caller has left. The reading asks it again and again. Thread-safe. */
final class ReadingLimit {

    /** A document of the largest size needs a few seconds, unless it was made to need more. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    private final Ticker ticker;
    private final long start;
    private volatile boolean isStopped;

    /** Creates a limit for a reading that begins now. */
    ReadingLimit(Ticker ticker) {
        this.ticker = ticker;
        this.start = ticker.nanos();
    }

    /** Lets the reading end at its next question. */
    void stop() {
        isStopped = true;
    }

    /**
     * Returns if the reading may go on.
     *
     * @throws DocumentException if not
     */
    void check() {
        if (isStopped || ticker.nanos() - start > LONGEST.toNanos()) {
            throw new DocumentException(
                    DocumentFailure.UNREADABLE_DOCUMENT, "takes longer than " + LONGEST.toSeconds() + " s to read");
        }
    }
}
