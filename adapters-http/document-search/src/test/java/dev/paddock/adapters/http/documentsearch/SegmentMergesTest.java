package dev.paddock.adapters.http.documentsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.documents.DocumentSummary.Origin;
import dev.paddock.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentMergesTest {

    @TempDir
    private Path directory;

    @Test
    void commit_ofManySmallSegments_letsSearchesUseTheMergedOnesWithoutAnotherCommit() {
        int documents = 5; // the last one is more than stay
        try (DocumentIndex index = DocumentIndex.open(directory)) {
            for (int number = 0; number < documents; number++) {
                String name = number + ".txt";
                index.put(
                        new IndexedDocument(
                                name, Origin.UPLOAD, false, IndexedDocument.Content.of(new byte[1]), "r", IndexedDocument.UNKNOWN, 0, Instant.EPOCH),
                        List.of(),
                        null);
                index.commit();
            }

            Eventually.await("the segments are merged", () -> index.snapshot().reader().leaves().size() <= 4);
            assertThat(index.snapshot().reader().numDocs()).isEqualTo(documents);
            assertThat(index.snapshot().documentCount()).isEqualTo(documents);
        }
    }
}
