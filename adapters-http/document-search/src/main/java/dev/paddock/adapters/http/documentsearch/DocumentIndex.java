package dev.paddock.adapters.http.documentsearch;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The index on disk. What is written can be seen after {@link #commit}, and survives the end of the process in any way from then on. A
 * document and its passages are written and replaced together. Thread-safe.
 */
final class DocumentIndex implements AutoCloseable {

    private static final double BUFFER_MEGABYTES = 64;

    /** The key of the folder in the data that Lucene keeps with each commit. */
    private static final String FOLDER = "folder";

    private final Path path;
    private final Directory directory;
    private final Analyzer analyzer = new WordAnalyzer();
    private final Lock lock = new ReentrantLock();
    private final NavigableMap<String, IndexedDocument> written = new TreeMap<>(); // guarded by lock; also what is not committed
    private @Nullable String folder; // guarded by lock; whose documents it has, or null for none; also what is not committed
    private IndexWriter writer; // guarded by lock; replaced after it failed
    private volatile IndexSnapshot snapshot; // written under lock
    private volatile boolean isClosed; // likewise

    private DocumentIndex(Path path, Directory directory, IndexWriter writer, SegmentMerges merges) throws IOException {
        this.path = path;
        this.directory = directory;
        this.writer = writer;
        DirectoryReader reader = DirectoryReader.open(directory);
        try {
            this.written.putAll(IndexSnapshot.catalogueOf(reader));
            if (written.isEmpty() && reader.numDocs() > 0) {
                throw IndexProblem.foreign(path);
            }
            this.folder = folderOf(reader);
            this.snapshot = new IndexSnapshot(reader, written);
        } catch (IOException | RuntimeException failure) {
            reader.close();
            throw failure;
        }
        merges.onMerge(this::showMerged);
    }

    /**
     * Opens the index in a directory, and creates both when they are missing.
     *
     * @throws DocumentException if it is in use or cannot be opened
     */
    static DocumentIndex open(Path path) {
        Directory directory = null;
        try {
            Files.createDirectories(path);
            directory = FSDirectory.open(path);
            SegmentMerges merges = new SegmentMerges();
            IndexWriter writer = newWriter(directory, new WordAnalyzer(), merges);
            try {
                return new DocumentIndex(path, directory, writer, merges);
            } catch (IOException | RuntimeException failure) {
                writer.rollback();
                throw failure;
            }
        } catch (IOException | RuntimeException failure) {
            close(directory);
            throw IndexProblem.whileOpening(path, failure);
        }
    }

    private static IndexWriter newWriter(Directory directory, Analyzer analyzer, SegmentMerges merges) throws IOException {
        IndexWriterConfig config = new IndexWriterConfig(analyzer)
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                .setCodec(new IndexFormat())
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setMergePolicy(SegmentMerges.policy())
                .setMergeScheduler(merges)
                .setMaxFullFlushMergeWaitMillis(0) // a commit waits for no merge
                .setCommitOnClose(false);
        IndexWriter writer = new IndexWriter(directory, config);
        try {
            writer.commit(); // so that there is something to read
            return writer;
        } catch (IOException | RuntimeException failure) {
            writer.rollback();
            throw failure;
        }
    }

    private static @Nullable String folderOf(DirectoryReader reader) throws IOException {
        return reader.getIndexCommit().getUserData().get(FOLDER);
    }

    Analyzer analyzer() {
        return analyzer;
    }

    /**
     * Checks that the index has no documents of another folder, which an update would remove.
     *
     * @throws DocumentException if it has
     */
    void requireFolder(String wanted) {
        lock.lock();
        try {
            requireOpen();
            boolean hasFiles = written.values().stream().anyMatch(document -> document.origin() == Origin.FOLDER);
            if (hasFiles && folder != null && !isSame(folder, wanted)) {
                throw new DocumentException(
                        DocumentFailure.OTHER_FOLDER,
                        "the index " + path + " has the documents of the folder " + folder + ", not of " + wanted
                                + "; use another index, or delete this directory and index again");
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers the folder whose documents the index has from now on.
     *
     * @throws DocumentException if it has documents of another one
     */
    void claim(String wanted) {
        change(() -> {
            requireFolder(wanted);
            if (!wanted.equals(folder)) {
                writer.setLiveCommitData(Map.of(FOLDER, wanted).entrySet());
                folder = wanted;
            }
        });
    }

    private static boolean isSame(String one, String other) {
        try {
            return one.equals(other) || Files.isSameFile(Path.of(one), Path.of(other));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Writes a document in place of any other version. */
    void put(IndexedDocument document, List<EmbeddedPassage> passages, byte @Nullable [] upload) {
        change(() -> write(document, passages, upload));
    }

    /** Writes a document if the given version of it (null for none) is the present one; returns whether it was. */
    boolean putInPlaceOf(
            @Nullable IndexedDocument expected, IndexedDocument document, List<EmbeddedPassage> passages, byte @Nullable [] upload) {
        return changeIf(expected, document.name(), () -> write(document, passages, upload));
    }

    private void write(IndexedDocument document, List<EmbeddedPassage> passages, byte @Nullable [] upload) throws IOException {
        writer.updateDocuments(IndexFields.allOf(document.name()), IndexFields.block(document, passages, upload));
        written.put(document.name(), document);
    }

    /** Writes the time of change of a document's file, and nothing else, if this version is the present one; returns whether it was. */
    boolean putModified(IndexedDocument expected, long modified) {
        return changeIf(expected, expected.name(), () -> {
            writer.updateNumericDocValue(IndexFields.entryOf(expected.name()), IndexFields.MODIFIED, modified);
            written.put(expected.name(), expected.withModified(modified));
        });
    }

    /** Removes a document if this version is the present one; returns whether it was. */
    boolean remove(IndexedDocument expected) {
        return changeIf(expected, expected.name(), () -> {
            writer.deleteDocuments(IndexFields.allOf(expected.name()));
            written.remove(expected.name());
        });
    }

    /** Changes a document unless another thread has written it meanwhile. */
    private boolean changeIf(@Nullable IndexedDocument expected, String name, Change change) {
        AtomicBoolean isDone = new AtomicBoolean();
        change(() -> {
            if (Objects.equals(written.get(name), expected)) {
                change.run();
                isDone.set(true);
            }
        });
        return isDone.get();
    }

    /**
     * Lets everything that was written be seen, and makes it safe.
     *
     * @throws DocumentException also if what was written is lost, because the writer has failed since
     */
    void commit() {
        locked(this::publish);
    }

    /** Makes changes and commits them. No failure of another thread comes between, by which they would be lost. */
    void commit(Runnable changes) {
        change(() -> {
            changes.run();
            publish();
        });
    }

    private void publish() throws IOException {
        writer.commit();
        DirectoryReader newer = DirectoryReader.openIfChanged(snapshot.reader());
        if (newer != null) {
            IndexSnapshot older = snapshot;
            snapshot = new IndexSnapshot(newer, written);
            older.reader().decRef();
        }
    }

    /** Lets searches use what was merged. The end of the writer may wait for the calling thread and have the lock, so another one does it. */
    private void showMerged() {
        Thread.ofPlatform().daemon().name("paddock-documents-merged").start(() -> {
            try {
                commit();
            } catch (DocumentException closedOrFailed) {
                return; // the segments that were merged are searched as before
            }
        });
    }

    /** Returns what is known of a document, also before it is committed; null for nothing. */
    @Nullable IndexedDocument find(String name) {
        lock.lock();
        try {
            requireOpen();
            return written.get(name);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the bytes of an upload; null when the index has no longer this content of it. */
    byte @Nullable [] upload(IndexedDocument document) {
        byte[] content = read(current -> current.upload(document.name())).orElse(null);
        return content != null && IndexedDocument.Content.of(content).equals(document.content()) ? content : null;
    }

    /** Returns what is known of all documents, also before it is committed. */
    NavigableMap<String, IndexedDocument> catalogue() {
        lock.lock();
        try {
            requireOpen();
            return new TreeMap<>(written);
        } finally {
            lock.unlock();
        }
    }

    /** Returns what was committed last. Its reader may be closed at any time: {@link #read} keeps it open. */
    IndexSnapshot snapshot() {
        requireOpen();
        return snapshot;
    }

    /** Reads what was committed last. */
    <T> T read(Reading<T> reading) {
        while (true) {
            IndexSnapshot current = snapshot();
            if (!current.reader().tryIncRef()) {
                continue; // another one was committed just now, or the index was closed
            }
            try {
                return reading.apply(current);
            } catch (IOException | RuntimeException failure) { // a damaged file may cause any
                throw IndexProblem.whileUsing(path, "read", failure);
            } finally {
                release(current);
            }
        }
    }

    private void release(IndexSnapshot read) {
        try {
            read.reader().decRef();
        } catch (IOException failure) {
            throw IndexProblem.whileUsing(path, "read", failure);
        }
    }

    /** Changes the index. After a failure such as a full disk it has again what was committed last. */
    private void change(Change change) {
        locked(() -> {
            if (!writer.isOpen()) {
                reopen();
            }
            change.run();
        });
    }

    private void locked(Change change) {
        lock.lock();
        try {
            requireOpen();
            change.run();
        } catch (IOException | AlreadyClosedException failure) {
            throw IndexProblem.whileUsing(path, "written", failure);
        } finally {
            lock.unlock();
        }
    }

    private void reopen() throws IOException {
        SegmentMerges merges = new SegmentMerges();
        writer = newWriter(directory, analyzer, merges);
        merges.onMerge(this::showMerged);
        written.clear();
        written.putAll(snapshot.catalogue());
        folder = folderOf(snapshot.reader());
    }

    private void requireOpen() {
        if (isClosed) {
            throw new DocumentException(DocumentFailure.CLOSED, "the index " + path + " was closed");
        }
    }

    /** Closes the index. What is not committed is gone. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                writer.rollback();
                snapshot.reader().decRef();
                directory.close();
            }
        } catch (IOException failure) {
            throw IndexProblem.whileUsing(path, "closed", failure);
        } finally {
            lock.unlock();
        }
    }

    private static void close(@Nullable Directory directory) {
        if (directory != null) {
            try {
                directory.close();
            } catch (IOException unimportant) {
                return; // the reason why it was not opened is what counts
            }
        }
    }

    /** A change of the index. */
    @FunctionalInterface
    private interface Change {

        void run() throws IOException;
    }

    /** A use of a snapshot. */
    @FunctionalInterface
    interface Reading<T> {

        T apply(IndexSnapshot snapshot) throws IOException;
    }
}
