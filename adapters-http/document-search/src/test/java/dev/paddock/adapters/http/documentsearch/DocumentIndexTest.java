package dev.paddock.adapters.http.documentsearch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
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

    @Test
    void open_indexOfAnEarlierVersion_saysWhatHelps() throws IOException {
        Path path = Files.createDirectories(directory.resolve("index"));
        for (String file : List.of("_0.cfe", "_0.cfs", "_0.si", "segments_1")) {
            try (InputStream earlier = requireNonNull(getClass().getResourceAsStream("lucene-9-index/" + file), file)) {
                Files.write(path.resolve(file), earlier.readAllBytes());
            }
        }

        assertRefused(path, "the index " + path + " was written by another version of Lucene than ", "index again", "added again");
        assertThat(path.resolve("segments_1")).exists();
    }

    @Test
    void open_indexOfALaterVersion_saysWhatHelps() throws IOException {
        Path path = index();
        byte[] segments = Files.readAllBytes(segments(path));
        segments[4 + 1 + "segments".length() + 3] = 99; // a magic number, the name of the format, its version
        Files.write(segments(path), segments);

        assertRefused(path, "the index " + path + " was written by another version of Lucene than ", "index again");
    }

    @Test
    void open_damagedIndex_saysWhatHelps() throws IOException {
        Path path = index();
        byte[] segments = Files.readAllBytes(segments(path));
        Files.write(segments(path), Arrays.copyOf(segments, segments.length - 10));

        assertRefused(path, "the index " + path + " cannot be opened, because it is damaged: ", "index again");
    }

    @Test
    void open_damagedFileOfTheIndex_isFoundWithoutAnotherFailure() throws IOException {
        Path path = index();
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("_")).toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            byte[] whole = Files.readAllBytes(file);
            for (int place = 0; place < whole.length; place += 1 + whole.length / 40) {
                byte[] damaged = whole.clone();
                damaged[place] ^= 0x55;
                Files.write(file, damaged);
                try (DocumentIndex index = DocumentIndex.open(path)) {
                    var unused = index.read(snapshot -> snapshot.upload("a.txt"));
                } catch (DocumentException known) {
                    assertThat(known.failure()).as(file + " at " + place).isEqualTo(DocumentFailure.NOT_ACCESSIBLE);
                }
            }
            Files.write(file, whole);
        }
    }

    @Test
    void open_indexOfOtherSoftware_isLeftAlone() throws IOException {
        Path path = directory.resolve("index");
        Document theirs = new Document();
        theirs.add(new StringField("isbn", "1", Field.Store.YES));
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(path), new IndexWriterConfig())) {
            writer.addDocument(theirs);
        }

        assertRefused(path, "the directory " + path + " has an index of other software; use another directory for the index");
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(path))) {
            assertThat(reader.numDocs()).isEqualTo(1);
        }
    }

    private Path index() {
        Path path = directory.resolve("index");
        try (DocumentIndex index = DocumentIndex.open(path)) {
            index.commit(() -> put(index, "a.txt"));
        }
        return path;
    }

    private static Path segments(Path index) throws IOException {
        try (Stream<Path> files = Files.list(index)) {
            return files.filter(file -> file.getFileName().toString().startsWith("segments_")).findFirst().orElseThrow();
        }
    }

    private static void assertRefused(Path path, String... words) {
        assertThatThrownBy(() -> DocumentIndex.open(path))
                .isInstanceOfSatisfying(DocumentException.class, refused -> assertThat(refused.failure()).isEqualTo(DocumentFailure.NOT_ACCESSIBLE))
                .hasMessageContainingAll(words);
    }

    private static void put(DocumentIndex index, String name) {
        index.put(
                new IndexedDocument(name, Origin.UPLOAD, false, IndexedDocument.Content.of(new byte[1]), "r", IndexedDocument.UNKNOWN, 0, Instant.EPOCH),
                List.of(),
                null);
    }
}
