package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.FolderScan.FoundFile;
import dev.paddock.adapters.http.documentsearch.PassageBatches.ReadDocument;
import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import dev.paddock.adapters.http.documentsearch.text.DocumentFormat;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import dev.paddock.domain.documents.IndexProgress;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.SkippedDocument;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One update of an index: finds out what has changed, and reads that. What was read is committed now and then, and at the end, whatever the
 * reason for the end is. Not thread-safe.
 */
final class FolderUpdate {

    /** A process that ends in any way loses no more than this much work. */
    private static final int PASSAGES_BETWEEN_COMMITS = 2000;

    private static final Duration TIME_BETWEEN_COMMITS = Duration.ofSeconds(10);

    /** A file that was changed less than this before it was read may be changed again without another time of change. */
    private static final long COARSEST_TIME_MILLIS = 2000;

    private static final String NAME_OF_UPLOAD = "has the name of an upload, which is searched instead";

    private final DocumentIndex index;
    private final DocumentReader reader;
    private final PassageEmbedder embedder;
    private final VectorSpace space;
    private final UnreadableFiles unreadable;
    private final Consumer<IndexProgress> progress;
    private final CallContext context;
    private final Ticker ticker;
    private final InstantSource clock;
    private final List<SkippedDocument> skipped = new ArrayList<>();

    private int files;
    private int done;
    private int indexed;
    private int unchanged;
    private int removed;
    private long passages;
    private long uncommitted;
    private long lastCommit;

    FolderUpdate(
            Parts parts, VectorSpace space, UnreadableFiles unreadable, Consumer<IndexProgress> progress, CallContext context) {
        this.index = parts.index;
        this.reader = parts.reader;
        this.embedder = parts.embedder;
        this.ticker = parts.ticker;
        this.clock = parts.clock;
        this.space = space;
        this.unreadable = unreadable;
        this.progress = progress;
        this.context = context;
        this.lastCommit = ticker.nanos();
    }

    /**
     * Runs the update.
     *
     * @throws SpaceChangedException if the model makes vectors of another space now; what was read before stays
     */
    IndexReport run(@Nullable String folder) {
        String recipe = reader.recipe(space);
        try (PassageBatches batches = new PassageBatches(embedder, context, this::write)) {
            if (folder != null) {
                FolderScan scan = FolderScan.of(folder);
                index.claim(FolderScan.absolute(folder));
                skipped.addAll(scan.skipped());
                files = scan.files().size();
                removeMissing(scan);
                scan.files().forEach((name, file) -> update(name, file, index.find(name), recipe, batches));
            }
            index.catalogue().values().stream()
                    .filter(document -> document.origin() == Origin.UPLOAD && !document.recipe().equals(recipe))
                    .forEach(document -> readUploadAgain(document, recipe, batches));
            batches.finish();
        } finally {
            commitAtTheEnd();
        }
        report();
        return soFar();
    }

    private void removeMissing(FolderScan scan) {
        for (IndexedDocument document : index.catalogue().values()) {
            boolean isMissing = !scan.files().containsKey(document.name()) && !scan.mayHave(document.name());
            if (document.origin() == Origin.FOLDER && isMissing) {
                remove(document);
            }
        }
    }

    private void remove(IndexedDocument document) {
        if (index.remove(document)) {
            uncommitted++;
            removed += document.isExcluded() ? 0 : 1;
        }
    }

    private void update(
            String name, FoundFile file, @Nullable IndexedDocument known, String recipe, PassageBatches batches) {
        requireNotCancelled();
        if (known != null && known.origin() == Origin.UPLOAD) {
            skip(name, NAME_OF_UPLOAD);
            return;
        }
        boolean isSameFile = known != null && known.modified() == file.modified() && known.content().bytes() == file.bytes();
        if (known != null && isSameFile && known.isDone(recipe)) {
            unchanged++;
            done++;
            return;
        }
        String earlier = unreadable.reason(name, file);
        if (earlier != null) {
            skip(name, earlier);
            return;
        }
        try {
            read(name, file, known, recipe, batches);
        } catch (IOException failure) {
            skip(name, FolderScan.reason(failure)); // an earlier version stays: perhaps it is still the truth
        } catch (DocumentException noDocument) {
            if (noDocument.failure() != DocumentFailure.UNREADABLE_DOCUMENT && noDocument.failure() != DocumentFailure.TOO_LARGE) {
                throw noDocument;
            }
            unreadable.add(name, file, String.valueOf(noDocument.getMessage()));
            skip(name, String.valueOf(noDocument.getMessage()));
            if (known != null && !isSameFile) { // else it says what it said, and perhaps the machine was only busy
                remove(known);
            }
        }
    }

    private void read(String name, FoundFile file, @Nullable IndexedDocument known, String recipe, PassageBatches batches)
            throws IOException {
        long readAt = clock.millis();
        byte[] bytes = reader.bytes(file);
        var content = IndexedDocument.Content.of(bytes);
        long modified = file.modified() < readAt - COARSEST_TIME_MILLIS && bytes.length == file.bytes() ? file.modified() : IndexedDocument.UNKNOWN;
        if (known != null && known.content().equals(content) && known.isDone(recipe)) {
            if (known.modified() != modified && index.putModified(known, modified)) {
                uncommitted++;
            }
            unchanged++;
            done++;
            return;
        }
        var cut = reader.passages(file.format(), bytes);
        batches.add(new ReadDocument(
                new IndexedDocument(name, Origin.FOLDER, false, content, recipe, modified, cut.size(), clock.instant()), known, cut));
    }

    private void readUploadAgain(IndexedDocument document, String recipe, PassageBatches batches) {
        requireNotCancelled();
        byte[] content = index.upload(document);
        if (content == null) {
            return;
        }
        List<CutPassage> cut;
        try {
            cut = reader.passages(DocumentFormat.ofName(document.name()).orElseThrow(), content);
        } catch (DocumentException noDocument) {
            skipped.add(new SkippedDocument(document.name(), String.valueOf(noDocument.getMessage()))); // its bytes stay: no other place has them
            return;
        }
        batches.add(new ReadDocument(
                new IndexedDocument(
                        document.name(), Origin.UPLOAD, false, document.content(), recipe, document.modified(), cut.size(), clock.instant()),
                document,
                cut));
    }

    private void requireNotCancelled() {
        if (context.cancellation().isCancelled()) {
            throw new CallCancelledException("the update of the index was cancelled", ErrorFacts.NONE);
        }
    }

    private void write(ReadDocument document) {
        if (document.spaces().stream().anyMatch(other -> !other.equals(space))) {
            throw new SpaceChangedException();
        }
        IndexedDocument entry = document.entry();
        boolean isUpload = entry.origin() == Origin.UPLOAD;
        byte[] upload = isUpload ? index.upload(entry) : null; // read now: all that wait for vectors together may be large
        boolean isThere = !isUpload || upload != null;
        if (!isThere || !index.putInPlaceOf(document.earlier(), entry, document.embedded(), upload)) {
            yieldToOther(entry);
            return;
        }
        String name = entry.name();
        long withoutVector = document.withoutVector();
        if (withoutVector > 0) {
            skipped.add(new SkippedDocument(name, "has " + withoutVector + " passages without a vector, which are found by their words only"));
        }
        indexed++;
        done += isUpload ? 0 : 1;
        passages += document.passages().size();
        uncommitted += Math.max(1, document.passages().size());
        if (uncommitted >= PASSAGES_BETWEEN_COMMITS || ticker.nanos() - lastCommit > TIME_BETWEEN_COMMITS.toNanos()) {
            commit();
        }
        report();
    }

    /** Lets a change of a client stand that came while the document was embedded. What a client deleted stays away as the file is now. */
    private void yieldToOther(IndexedDocument entry) {
        IndexedDocument present = index.find(entry.name());
        if (entry.origin() == Origin.UPLOAD) {
            return;
        }
        if (present != null && present.origin() == Origin.UPLOAD) {
            skip(entry.name(), NAME_OF_UPLOAD);
            return;
        }
        if (present != null && present.isExcluded() && index.putInPlaceOf(present, entry.excluded(), List.of(), null)) {
            uncommitted++;
        }
        done++;
        report();
    }

    private void skip(String name, String reason) {
        skipped.add(new SkippedDocument(name, reason));
        done++;
        report();
    }

    private void commitAtTheEnd() {
        if (uncommitted > 0) {
            commit();
        }
    }

    private void commit() {
        index.commit();
        uncommitted = 0;
        lastCommit = ticker.nanos();
    }

    private void report() {
        progress.accept(new IndexProgress(files, done, soFar()));
    }

    private IndexReport soFar() {
        return new IndexReport(indexed, unchanged, removed, passages, skipped);
    }

    /** What all updates of an index use. */
    record Parts(DocumentIndex index, DocumentReader reader, PassageEmbedder embedder, Ticker ticker, InstantSource clock) {}

    /** The embedding model makes vectors of another space than at the beginning of an update. */
    static final class SpaceChangedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SpaceChangedException() {
            super("the embedding model changed while documents were read", null, false, false);
        }
    }
}
