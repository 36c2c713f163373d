package dev.paddock.ports.documents.answers;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.DocumentAnswer;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentQuestion;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.PassagePrompt;
import dev.paddock.domain.documents.SearchResult;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;

/**
 * Answers questions from documents: it searches the passages, and asks a model about them. When no passage is found it asks no model; while documents are read it then
 * fails, because the passage may be in one of those that are left. Calls
 * block the calling thread. They throw a {@link dev.paddock.domain.documents.DocumentException} when the documents cannot be searched, and an
 * {@link dev.paddock.domain.error.LlmException} when a model fails. It closes neither of its ports. Thread-safe.
 *
 * <p>The context bounds and cancels both the search and the call of the model. Answers are not stored here: a cache in the chain of the port
 * stores them, with the whole prompt in its key.
 */
public final class DocumentAnswers {

    private final DocumentSearchPort documents;
    private final LlmPort llm;
    private final PassagePrompt prompt;

    /**
     * Creates the service.
     *
     * @param documents finds the passages
     * @param llm asks the model
     * @param prompt words the request to the model
     */
    public DocumentAnswers(DocumentSearchPort documents, LlmPort llm, PassagePrompt prompt) {
        this.documents = requireNonNull(documents, "documents");
        this.llm = requireNonNull(llm, "llm");
        this.prompt = requireNonNull(prompt, "prompt");
    }

    /** Creates the service with the usual prompt. */
    public DocumentAnswers(DocumentSearchPort documents, LlmPort llm) {
        this(documents, llm, PassagePrompt.DEFAULT);
    }

    /** Returns the whole answer. */
    public DocumentAnswer answer(DocumentQuestion question, CallContext context) {
        SearchResult found = documents.search(question.search(), context);
        List<Passage> passages = prompt.fitting(found.passages());
        if (passages.isEmpty()) {
            requireRead();
            return new DocumentAnswer(DocumentAnswer.NOTHING_FOUND, passages, found.corpusVersion(), null, null);
        }
        ProvenanceRecorder recorder = ProvenanceRecorder.of(context);
        ChatResponse response = llm.chat(prompt.request(question, passages), recorder.recording(context));
        return new DocumentAnswer(response.text(), passages, found.corpusVersion(), recorder.provenance(), response.completion());
    }

    /**
     * Returns the answer piece by piece, to be closed by the caller. The search has ended when this returns, and the model has accepted the
     * request; its first piece has not necessarily arrived.
     */
    public DocumentAnswerStream stream(DocumentQuestion question, CallContext context) {
        SearchResult found = documents.search(question.search(), context);
        List<Passage> passages = prompt.fitting(found.passages());
        if (passages.isEmpty()) {
            requireRead();
            return DocumentAnswerStream.ofNothing(found.corpusVersion());
        }
        ProvenanceRecorder recorder = ProvenanceRecorder.of(context);
        return new DocumentAnswerStream(
                llm.chatStream(prompt.request(question, passages), recorder.recording(context)),
                passages,
                found.corpusVersion(),
                recorder);
    }

    /** Refuses to say that the documents have nothing about a question as long as some of them may not have been read. */
    private void requireRead() {
        if (documents.state().isUpdating()) {
            throw new DocumentException(DocumentFailure.NOT_READY, "the documents are being read; ask again soon");
        }
    }
}
