package dev.paddock.adapters.http.wire.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.adapters.http.wire.framing.FrameKind;
import dev.paddock.adapters.http.wire.framing.SseEvent;
import dev.paddock.adapters.http.wire.json.FrameReader;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Frame;

/**
 * Assembles the document that a client asked for from the frames of an answer that was streamed all the same. Fields that are unknown are
 * kept. Memory is limited by the length of the frames. Not thread-safe.
 */
public final class DocumentAssembler {

    private static final String WHAT = "the answer";

    private final PieceCollector pieces;
    private final CompletionTracker tracker;
    private final long longest;
    private long length;

    /**
     * Creates an assembler before the first frame.
     *
     * @param form the form of the document
     * @param server names the server, for messages
     * @param longest the most bytes that all frames together may have
     */
    public DocumentAssembler(DocumentForm form, String server, long longest) {
        this.pieces = form.newCollector();
        this.tracker = new CompletionTracker(server);
        this.longest = longest;
    }

    /**
     * Adds the next frame.
     *
     * @return whether it is the last one of the answer
     * @throws MalformedResponseException if it is no piece of an answer, or the frames are too long
     * @throws LlmException if it reports a failure
     */
    public boolean add(Frame frame) {
        length += frame.bytes().length;
        if (length > longest) {
            throw malformed("the answer is longer than " + longest + " bytes, so that it cannot be assembled");
        }
        FrameKind kind = tracker.add(frame);
        if (kind == FrameKind.FAILURE) {
            throw tracker.failure();
        }
        if (kind != FrameKind.HEARTBEAT) {
            addContent(SseEvent.parse(frame));
        }
        return kind == FrameKind.TERMINAL;
    }

    /**
     * Returns the document as JSON in UTF-8; no frame follows.
     *
     * @throws LlmException if the answer is not complete
     */
    public byte[] document() {
        if (!tracker.isComplete()) {
            throw tracker.failure();
        }
        return PlainJson.toText(Fields.wellFormed(pieces.document())).getBytes(UTF_8);
    }

    private void addContent(SseEvent event) {
        boolean isObject = FrameReader.startsObject(event.bytes(), event.dataOffset(), event.dataLength());
        if (isObject) {
            pieces.add(PlainJson.readPiece(WHAT, event.bytes(), event.dataOffset(), event.dataLength()));
        } else if (event.isReadable() && !FrameReader.isOtherValue(event.bytes(), event.dataOffset(), event.dataLength())) {
            throw malformed("the answer has a part that is no JSON");
        }
    }

    static MalformedResponseException malformed(String reason) {
        return new MalformedResponseException(reason, reason, ErrorFacts.NONE, null);
    }
}
