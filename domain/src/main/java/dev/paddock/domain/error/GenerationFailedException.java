package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Frame;
import org.jspecify.annotations.Nullable;

/** The server reported a failure inside an answer that had begun as a success. */
public final class GenerationFailedException extends LlmException {

    private static final long serialVersionUID = 1L;

    // Not serialised: only a relay needs the report.
    private final transient @Nullable Report report;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public GenerationFailedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.GENERATION_FAILED, message, facts, cause);
        this.report = null;
    }

    /** Creates the failure with what happened and what is known. */
    public GenerationFailedException(String message, ErrorFacts facts) {
        this(message, facts, (Throwable) null);
    }

    /** Creates the failure with what happened, what is known and the report of the server. */
    public GenerationFailedException(String message, ErrorFacts facts, Report report) {
        super(ErrorKind.GENERATION_FAILED, message, facts, null);
        this.report = requireNonNull(report, "report");
    }

    /** Returns the report of the server, or null when that is not at hand. */
    public @Nullable Report report() {
        return report;
    }

    /**
     * The report by which a server says that an answer has failed.
     *
     * @param text the report without the framing of the answer, usually a JSON object
     * @param status the HTTP status from 400 to 599 that the report states, or null when it states none
     * @param frame the frame of the answer that holds the report, or null when an earlier frame held it, which has been delivered
     */
    public record Report(String text, @Nullable Integer status, @Nullable Frame frame) {

        public Report {
            requireNonNull(text, "text");
        }
    }
}
