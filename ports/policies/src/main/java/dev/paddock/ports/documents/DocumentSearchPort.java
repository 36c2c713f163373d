package dev.paddock.ports.documents;

import dev.paddock.domain.documents.CorpusState;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.IndexProgress;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.SearchResult;
import dev.paddock.domain.exchange.CallContext;
import java.util.List;
import java.util.function.Consumer;

/**
 * Searches and changes an index of documents. Calls block the calling thread, which may be a virtual one. Every method but {@link #close}
 * throws a {@link dev.paddock.domain.documents.DocumentException} when the index cannot do what was asked. Those that have a context embed
 * texts; they also throw an {@link dev.paddock.domain.error.LlmException} when the embedding model fails. Implementations are thread-safe.
 */
public interface DocumentSearchPort extends AutoCloseable {

    /**
     * Returns the passages that fit a query best. A search by words embeds nothing.
     *
     * @param context bounds the call that embeds the query
     */
    SearchResult search(DocumentQuery query, CallContext context);

    /** Returns what the index holds at present. Returns at once. */
    CorpusState state();

    /** Returns all documents, sorted by their names. */
    List<DocumentSummary> documents();

    /**
     * Adds a document to the index, in place of one with the same name. It can be searched when this returns, and stays when the folder is
     * read again.
     *
     * @param name a path with {@code /}, relative and without {@code ..}; its extension tells the format
     * @param content the bytes of the file
     */
    DocumentSummary add(String name, byte[] content, CallContext context);

    /**
     * Removes a document from the index. Its file stays, and is read again when it changes.
     *
     * @return whether there was such a document
     */
    boolean delete(String name);

    /**
     * Brings the index up to date with its folder: reads files that are new or have changed, and removes documents whose files are gone.
     * What was read stays read when it fails or is cancelled. One update runs at a time; another call waits for its end and then looks again.
     *
     * @param progress is told now and then, in the calling thread
     */
    IndexReport update(Consumer<IndexProgress> progress, CallContext context);

    /** Ends updates in progress and closes the index. Closing again does nothing. */
    @Override
    void close();
}
