package dev.paddock.domain.routing;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.model.Timings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the time of one answer went, by the server's own clock: in its last frame, or in the document that it is. Longer documents are
 * not read. Used by the thread that delivers the frames.
 */
public final class AnswerTimings {

    private static final int LONGEST_DOCUMENT = 64 * 1024;
    private static final String NATIVE_PATHS = "/api/";

    private final RequestTraits traits;
    private final boolean mayBeDocument;
    private @Nullable Frame last;
    private List<Frame> parts = List.of(); // of a document
    private int size;

    /** Creates it for the answer to a request. */
    public AnswerTimings(RequestTraits traits, ExchangeRequest request) {
        this.traits = traits;
        this.mayBeDocument = request.operation().operationClass() == OperationClass.GENERATE && request.target().startsWith(NATIVE_PATHS);
    }

    /** Takes the next frame of an answer that is divided in the given way. */
    public void add(Frame frame, Framing framing) {
        if (frame.isTerminal()) {
            last = frame;
        } else if (mayBeDocument && framing == Framing.DOCUMENT) {
            addPart(frame);
        }
    }

    private void addPart(Frame frame) {
        size = Math.min(LONGEST_DOCUMENT + 1, size + frame.bytes().length);
        if (size > LONGEST_DOCUMENT) {
            parts = List.of();
        } else if (parts.isEmpty()) {
            parts = new ArrayList<>(2);
            parts.add(frame);
        } else {
            parts.add(frame);
        }
    }

    /** Returns what the complete answer says. */
    public Timings read() {
        if (last != null) {
            return traits.timings(last);
        }
        return parts.isEmpty() ? Timings.UNKNOWN : traits.timings(parts.size() == 1 ? parts.getFirst() : joined());
    }

    private Frame joined() {
        byte[] document = new byte[size];
        int end = 0;
        for (Frame part : parts) {
            System.arraycopy(part.bytes(), 0, document, end, part.bytes().length);
            end += part.bytes().length;
        }
        return Frame.data(document);
    }
}
