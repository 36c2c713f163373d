package dev.paddock.bootstrap;

import dev.paddock.bootstrap.config.DocumentSearchSettings;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.model.ModelName;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.documents.DocumentSearchProviderPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The index of documents of a client. It is opened at its first use: one process at a time can, and most calls need none. Thread-safe. */
final class DocumentParts implements AutoCloseable {

    private static final String FOLDER = "paddock.documents.folder";
    private static final String IN_PROCESS = "paddock.documents.in-process";

    private final @Nullable DocumentSearchSettings settings;
    private final @Nullable EmbeddingSourcePort ownEmbeddings;
    private final Function<ModelName, EmbeddingSourcePort> serverEmbeddings;
    private final Lock lock = new ReentrantLock();
    private @Nullable DocumentSearchPort opened; // guarded by lock
    private boolean isClosed; // likewise

    /**
     * Creates an index that is not open.
     *
     * @param settings the documents, or null for none
     * @param ownEmbeddings makes vectors in this process, or null for the module that does
     * @param serverEmbeddings takes vectors from a model of the server
     */
    DocumentParts(
            @Nullable DocumentSearchSettings settings,
            @Nullable EmbeddingSourcePort ownEmbeddings,
            Function<ModelName, EmbeddingSourcePort> serverEmbeddings) {
        this.settings = settings;
        this.ownEmbeddings = ownEmbeddings;
        this.serverEmbeddings = serverEmbeddings;
    }

    /** Returns the index, or null when the settings have none: then not even a class of it is loaded. */
    @Nullable DocumentSearchPort port() {
        DocumentSearchSettings wanted = settings;
        if (wanted == null) {
            return null;
        }
        lock.lock();
        try {
            if (opened == null && isClosed) {
                throw new DocumentException(DocumentFailure.CLOSED, "the client was closed");
            }
            if (opened == null) {
                opened = ModuleServices.only(DocumentSearchProviderPort.class, FOLDER, "paddock-document-search")
                        .open(wanted.documents(), embeddings(wanted));
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    private EmbeddingSourcePort embeddings(DocumentSearchSettings wanted) {
        if (wanted.embeddingModel() != null) {
            return serverEmbeddings.apply(wanted.embeddingModel());
        }
        return ownEmbeddings == null ? ModuleServices.embeddings(IN_PROCESS) : ownEmbeddings;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            if (opened != null) {
                opened.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
