package dev.paddock.adapters.http.documentsearch;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.documentsearch.FolderUpdate.SpaceChangedException;
import dev.paddock.adapters.http.documentsearch.PassageBatches.ReadDocument;
import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import dev.paddock.adapters.http.documentsearch.text.DocumentFormat;
import dev.paddock.domain.documents.CorpusState;
import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import dev.paddock.domain.documents.DocumentQuery;
import dev.paddock.domain.documents.DocumentSettings;
import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import dev.paddock.domain.documents.IndexProgress;
import dev.paddock.domain.documents.IndexReport;
import dev.paddock.domain.documents.Passage;
import dev.paddock.domain.documents.SearchMethod;
import dev.paddock.domain.documents.SearchResult;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.documents.DocumentSearchPort;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Searches documents in an index of Lucene. Thread-safe. */
final class LuceneDocumentSearch implements DocumentSearchPort {

    private static final int MOST_CHANGES_OF_MODEL = 3;
    private static final int LONGEST_NAME = 512;

    private final DocumentSettings settings;
    private final DocumentIndex index;
    private final DocumentReader reader;
    private final UploadReader uploads;
    private final PassageEmbedder embedder;
    private final FolderUpdate.Parts parts;
    private final InstantSource clock;
    private final UnreadableFiles unreadable = new UnreadableFiles();
    private final Lock updating = new ReentrantLock();
    private final AtomicInteger updates = new AtomicInteger(); // those that run or wait
    private final Cancellation closing = Cancellation.create();
    private final AtomicReference<@Nullable VectorSpace> space = new AtomicReference<>(); // of the last vector; null until one is known

    private LuceneDocumentSearch(
            DocumentSettings settings, DocumentIndex index, PassageEmbedder embedder, Ticker ticker, InstantSource clock) {
        this.settings = settings;
        this.index = index;
        this.reader = new DocumentReader(settings, ticker);
        this.uploads = new UploadReader(reader);
        this.embedder = embedder;
        this.clock = clock;
        this.parts = new FolderUpdate.Parts(index, reader, embedder, ticker, clock);
    }

    static LuceneDocumentSearch open(DocumentSettings settings, EmbeddingSourcePort embeddings, Ticker ticker, InstantSource clock) {
        PassageEmbedder embedder = new PassageEmbedder(embeddings, settings.embedded());
        DocumentIndex index = DocumentIndex.open(Path.of(settings.index()).toAbsolutePath());
        String folder = settings.folder();
        if (folder != null) {
            try {
                index.requireFolder(FolderScan.absolute(folder));
            } catch (DocumentException otherFolder) {
                index.close();
                throw otherFolder;
            }
        }
        return new LuceneDocumentSearch(settings, index, embedder, ticker, clock);
    }

    @Override
    public SearchResult search(DocumentQuery query, CallContext context) {
        SpaceVector vector = query.method() == SearchMethod.BM25 ? null : embedder.query(query.text(), context);
        if (vector != null) {
            space.set(vector.space());
        }
        return index.read(snapshot -> {
            PassageSearch search = new PassageSearch(snapshot.searcher(), index.analyzer());
            List<Passage> passages = switch (query.method()) {
                case BM25 -> search.byWords(query.text(), query.k());
                case VECTOR -> search.byVector(requireNonNull(vector), query.k());
                case HYBRID -> search.byBoth(query.text(), requireNonNull(vector), query.fusion(), query.k());
            };
            return new SearchResult(passages, snapshot.version());
        });
    }

    @Override
    public CorpusState state() {
        IndexSnapshot snapshot = index.snapshot();
        return new CorpusState(snapshot.version(), snapshot.documentCount(), snapshot.passages(), updates.get() > 0);
    }

    @Override
    public List<DocumentSummary> documents() {
        return index.snapshot().documents();
    }

    @Override
    public DocumentSummary add(String name, byte[] content, CallContext context) {
        DocumentFormat format = formatOf(name);
        long most = settings.limits().uploadBytes();
        if (content.length > most) {
            throw new DocumentException(DocumentFailure.TOO_LARGE, "the document " + name + " has more than " + most + " bytes");
        }
        List<CutPassage> cut;
        try {
            cut = uploads.passages(format, content, context);
        } catch (DocumentException noDocument) {
            throw new DocumentException(noDocument.failure(), "the document " + name + " " + noDocument.getMessage(), noDocument.getCause());
        }
        for (int attempt = 0; attempt < MOST_CHANGES_OF_MODEL; attempt++) {
            VectorSpace wanted = currentSpace(context);
            IndexedDocument entry = new IndexedDocument(
                    name, Origin.UPLOAD, false, IndexedDocument.Content.of(content), reader.recipe(wanted), IndexedDocument.UNKNOWN, cut.size(), clock.instant());
            List<ReadDocument> complete = new ArrayList<>();
            try (PassageBatches batches = new PassageBatches(embedder, context, complete::add)) {
                batches.add(new ReadDocument(entry, null, cut));
                batches.finish();
            }
            ReadDocument read = complete.getFirst();
            if (read.spaces().stream().allMatch(wanted::equals)) {
                index.commit(() -> index.put(entry, read.embedded(), content));
                return entry.summary();
            }
            space.set(null);
        }
        throw changesAgainAndAgain();
    }

    private static DocumentFormat formatOf(String name) {
        boolean hasBadParts = Arrays.stream(name.split("/", -1)).anyMatch(part -> part.isBlank() || part.equals(".") || part.equals(".."));
        boolean hasControls = name.codePoints().anyMatch(Character::isISOControl) || name.indexOf('\\') >= 0;
        if (hasBadParts || hasControls || name.length() > LONGEST_NAME) {
            throw new InvalidRequestException(
                    "the name of a document is a relative path without .. and with at most " + LONGEST_NAME + " characters", ErrorFacts.NONE);
        }
        return DocumentFormat.ofName(name)
                .orElseThrow(() -> new DocumentException(
                        DocumentFailure.UNREADABLE_DOCUMENT,
                        "the document " + name + " has an unknown format; its extension is one of " + DocumentFormat.allExtensions()));
    }

    @Override
    public boolean delete(String name) {
        AtomicBoolean isDone = new AtomicBoolean();
        while (!isDone.get()) {
            IndexedDocument known = index.find(name);
            if (known == null || known.isExcluded()) {
                return false;
            }
            boolean isUpload = known.origin() == Origin.UPLOAD;
            index.commit(() -> isDone.set(isUpload ? index.remove(known) : index.putInPlaceOf(known, known.excluded(), List.of(), null)));
        }
        return true;
    }

    @Override
    public IndexReport update(Consumer<IndexProgress> progress, CallContext context) {
        Cancellation either = Cancellation.create();
        updates.incrementAndGet();
        Cancellation.Registration ofCaller = context.cancellation().onCancel(either::cancel);
        Cancellation.Registration ofClosing = closing.onCancel(either::cancel);
        try {
            updating.lock();
            try {
                if (either.isCancelled()) {
                    throw new CallCancelledException("the update of the index was cancelled", ErrorFacts.NONE);
                }
                return updateInTurn(progress, context.withCancellation(either));
            } finally {
                updating.unlock();
            }
        } finally {
            ofCaller.close();
            ofClosing.close();
            updates.decrementAndGet();
        }
    }

    private IndexReport updateInTurn(Consumer<IndexProgress> progress, CallContext context) {
        for (int attempt = 0; attempt < MOST_CHANGES_OF_MODEL; attempt++) {
            try {
                return new FolderUpdate(parts, currentSpace(context), unreadable, progress, context).run(settings.folder());
            } catch (SpaceChangedException changed) {
                space.set(null);
            }
        }
        throw changesAgainAndAgain();
    }

    /** Returns the space of the vectors that the model makes now; it is asked for one only when its version has changed. */
    private VectorSpace currentSpace(CallContext context) {
        VectorSpace known = space.get();
        if (known == null || !known.model().equals(embedder.model(context))) {
            known = embedder.space(context);
            space.set(known);
        }
        return known;
    }

    private static DocumentException changesAgainAndAgain() {
        return new DocumentException(DocumentFailure.NOT_ACCESSIBLE, "the embedding model changed again and again while documents were read");
    }

    @Override
    public void close() {
        closing.cancel();
        uploads.close();
        updating.lock();
        try {
            index.close();
        } finally {
            updating.unlock();
        }
    }
}
