package dev.paddock.adapters.http.documentsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentIndexTest {

    @TempDir
    private Path directory;

    @Test
    void commit_afterTheWriterHasFailed_saysThatTheChangeIsLost() throws IOException {
        Path path = directory.resolve("index");
        Path elsewhere = directory.resolve("elsewhere");
        try (DocumentIndex index = DocumentIndex.open(path)) {
            index.commit(() -> put(index, "a.txt"));
            put(index, "b.txt");
            Files.move(path, elsewhere);
            assertThatThrownBy(index::commit).isInstanceOf(DocumentException.class); // that of another thread
            Files.move(elsewhere, path);

            assertThatThrownBy(index::commit)
                    .isInstanceOfSatisfying(DocumentException.class, lost -> assertThat(lost.failure()).isEqualTo(DocumentFailure.NOT_ACCESSIBLE));
            assertThat(index.snapshot().catalogue()).containsOnlyKeys("a.txt");
            index.commit(() -> put(index, "c.txt"));
            assertThat(index.snapshot().catalogue()).containsOnlyKeys("a.txt", "c.txt");
            assertThat(index.snapshot().reader().numDocs()).isEqualTo(2);
        }
    }

    private static void put(DocumentIndex index, String name) {
        index.put(
                new IndexedDocument(name, Origin.UPLOAD, false, IndexedDocument.Content.of(new byte[1]), "r", IndexedDocument.UNKNOWN, 0, Instant.EPOCH),
                List.of(),
                null);
    }
}
