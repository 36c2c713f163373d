package dev.paddock.ports.documents;

import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.ports.reuse.EmbeddingSourcePort;

/** Opens an index of documents. The module of a search engine offers one as a service, for {@link java.util.ServiceLoader}. Stateless. */
@FunctionalInterface
public interface DocumentSearchProviderPort {

    /**
     * Opens the index, and creates it when there is none. Nothing is read or embedded yet.
     *
     * @param embeddings makes the vectors of passages and queries
     * @throws dev.paddock.domain.documents.DocumentException if it cannot be opened, or another process uses it
     */
    DocumentSearchPort open(DocumentSettings settings, EmbeddingSourcePort embeddings);
}
