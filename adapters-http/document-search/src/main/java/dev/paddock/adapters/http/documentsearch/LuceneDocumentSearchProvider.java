package dev.paddock.adapters.http.documentsearch;

import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.documents.DocumentSearchProviderPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.time.InstantSource;

/** Opens an index of Lucene. Stateless. */
public final class LuceneDocumentSearchProvider implements DocumentSearchProviderPort {

    @Override
    public DocumentSearchPort open(DocumentSettings settings, EmbeddingSourcePort embeddings) {
        return LuceneDocumentSearch.open(settings, embeddings, System::nanoTime, InstantSource.system());
    }
}
