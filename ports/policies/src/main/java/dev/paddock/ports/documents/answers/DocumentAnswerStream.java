package dev.paddock.ports.documents.answers;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.DocumentAnswer;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.Completion;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The text of an answer from documents, piece by piece; no piece is empty or ends within a character. It ends as a {@link ResponseStream} does: after the last piece, or
 * with an {@link dev.paddock.domain.error.LlmException}. Closing it earlier cancels the call of the model.
 */
public final class DocumentAnswerStream implements ResponseStream<String> {

    private final ResponseStream<ChatChunk> chunks;
    private final List<Passage> passages;
    private final String corpusVersion;
    private final ProvenanceRecorder recorder;
    private final StringBuilder text = new StringBuilder(); // this and all below are confined to the pulling thread
    private String half = ""; // of a character that the last chunk did not complete
    private @Nullable String ahead;
    private @Nullable Completion completion;
    private boolean isComplete;

    DocumentAnswerStream(
            ResponseStream<ChatChunk> chunks, List<Passage> passages, String corpusVersion, ProvenanceRecorder recorder) {
        this.chunks = chunks;
        this.passages = List.copyOf(passages);
        this.corpusVersion = requireNonNull(corpusVersion, "corpusVersion");
        this.recorder = recorder;
    }

    /** Returns the answer when no passage was found. */
    static DocumentAnswerStream ofNothing(String corpusVersion) {
        DocumentAnswerStream stream =
                new DocumentAnswerStream(new NoChunks(), List.of(), corpusVersion, ProvenanceRecorder.of(CallContext.create()));
        stream.ahead = DocumentAnswer.NOTHING_FOUND;
        return stream;
    }

    /** Returns the passages that the model reads, in the order of the numbers by which it cites them, from 1. */
    public List<Passage> passages() {
        return passages;
    }

    /** Returns the version of the documents that were searched. */
    public String corpusVersion() {
        return corpusVersion;
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && chunks.hasNext()) {
            ChatChunk chunk = chunks.next();
            completion = chunk.completion() == null ? completion : chunk.completion();
            ahead = wholeCharacters(chunk.text());
        }
        if (ahead == null && !half.isEmpty()) {
            ahead = "\uFFFD"; // the rest of the character never came
            half = "";
        }
        isComplete |= ahead == null;
        return ahead != null;
    }

    @Override
    public String next() {
        String piece = hasNext() ? ahead : null;
        if (piece == null) {
            throw new NoSuchElementException("the answer has no more pieces");
        }
        ahead = null;
        text.append(piece);
        return piece;
    }

    /** Returns a piece without the half of a character at its end, which goes before the next piece; null when nothing is left. */
    private @Nullable String wholeCharacters(String piece) {
        String whole = half + piece;
        int end = whole.isEmpty() || !Character.isHighSurrogate(whole.charAt(whole.length() - 1)) ? whole.length() : whole.length() - 1;
        half = whole.substring(end);
        return end == 0 ? null : whole.substring(0, end);
    }

    /**
     * Returns the whole answer.
     *
     * @throws IllegalStateException if {@link #hasNext} has not yet returned false
     */
    public DocumentAnswer whole() {
        if (!isComplete) {
            throw new IllegalStateException("the answer is not complete");
        }
        return new DocumentAnswer(text.toString(), passages, corpusVersion, recorder.provenance(), completion);
    }

    @Override
    public void close() {
        chunks.close();
    }

    /** The chunks of no model. */
    private record NoChunks() implements ResponseStream<ChatChunk> {

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public ChatChunk next() {
            throw new NoSuchElementException("no model was asked");
        }

        @Override
        public void close() {}
    }
}
