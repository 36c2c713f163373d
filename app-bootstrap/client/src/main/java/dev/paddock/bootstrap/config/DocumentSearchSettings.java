package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.model.ModelName;
import org.jspecify.annotations.Nullable;

/**
 * Which documents can be searched, and which model makes their vectors.
 *
 * @param documents the documents and their index
 * @param embeddingModel the embedding model of the server, or null for the one in this process
 */
public record DocumentSearchSettings(DocumentSettings documents, @Nullable ModelName embeddingModel) {

    public DocumentSearchSettings {
        requireNonNull(documents, "documents");
    }
}
