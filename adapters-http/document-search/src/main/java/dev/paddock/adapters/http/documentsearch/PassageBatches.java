package dev.paddock.adapters.http.documentsearch;

import dev.paddock.adapters.http.documentsearch.text.CutPassage;
import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.CallContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Embeds the passages of many documents, as many together as the settings say, whatever document they are of. While some are embedded, the
 * next ones are read and those before are written. Documents are complete in the order in which they were added. Not thread-safe.
 */
final class PassageBatches implements AutoCloseable {

    /** So many that the server has work while what it sent is written and committed. */
    private static final int REQUESTS_AT_ONCE = 4;

    private final PassageEmbedder embedder;
    private final CallContext context;
    private final Consumer<ReadDocument> complete;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Future<List<@Nullable SpaceVector>>> requests = new ArrayDeque<>();
    private final Deque<List<Place>> places = new ArrayDeque<>(); // of the passages of each request
    private final Deque<ReadDocument> documents = new ArrayDeque<>(); // those that are not complete, in their order
    private List<Place> next = new ArrayList<>();

    /**
     * Creates batches.
     *
     * @param complete gets each document whose passages have their vectors, in the thread that adds documents
     */
    PassageBatches(PassageEmbedder embedder, CallContext context, Consumer<ReadDocument> complete) {
        this.embedder = embedder;
        this.context = context;
        this.complete = complete;
    }

    /** Adds a document. It may wait for the vectors of others. */
    void add(ReadDocument document) {
        documents.add(document);
        for (int index = 0; index < document.passages().size(); index++) {
            next.add(new Place(document, index));
            if (next.size() == embedder.atOnce()) {
                send();
            }
        }
        finishDocuments();
    }

    /** Waits until all documents are complete. */
    void finish() {
        if (!next.isEmpty()) {
            send();
        }
        while (!requests.isEmpty()) {
            receive();
        }
        finishDocuments();
    }

    private void send() {
        while (requests.size() >= REQUESTS_AT_ONCE) {
            receive();
        }
        List<Place> sent = next;
        List<String> texts = sent.stream().map(place -> place.passage().searched()).toList();
        requests.add(threads.submit(() -> embedder.passages(texts, context)));
        places.add(sent);
        next = new ArrayList<>();
    }

    private void receive() {
        List<@Nullable SpaceVector> vectors = result(requests.removeFirst());
        List<Place> sent = places.removeFirst();
        for (int index = 0; index < sent.size(); index++) {
            Place place = sent.get(index);
            place.document.setVector(place.index, vectors.get(index));
        }
        finishDocuments();
    }

    private void finishDocuments() {
        while (!documents.isEmpty() && documents.getFirst().isComplete()) {
            complete.accept(documents.removeFirst());
        }
    }

    private static List<@Nullable SpaceVector> result(Future<List<@Nullable SpaceVector>> request) {
        try {
            return request.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallCancelledException("the thread was interrupted", ErrorFacts.NONE, interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(failed);
        }
    }

    /** Waits for the requests in progress, whose vectors nothing uses any more; the context of the update cancels them. */
    @Override
    public void close() {
        threads.close();
    }

    private record Place(ReadDocument document, int index) {

        CutPassage passage() {
            return document.passages().get(index);
        }
    }

    /** A document that was read, and the vectors of its passages as far as they are known. Not thread-safe. */
    static final class ReadDocument {

        private final IndexedDocument entry;
        private final @Nullable IndexedDocument earlier;
        private final List<CutPassage> passages;
        private final @Nullable SpaceVector[] vectors;
        private int missing;

        /**
         * Creates a document without vectors.
         *
         * @param entry what the index will know of it
         * @param earlier what the index knew of it when it was read, or null for nothing
         */
        ReadDocument(IndexedDocument entry, @Nullable IndexedDocument earlier, List<CutPassage> passages) {
            this.entry = entry;
            this.earlier = earlier;
            this.passages = passages;
            this.vectors = new SpaceVector[passages.size()];
            this.missing = vectors.length;
        }

        IndexedDocument entry() {
            return entry;
        }

        @Nullable IndexedDocument earlier() {
            return earlier;
        }

        List<CutPassage> passages() {
            return passages;
        }

        boolean isComplete() {
            return missing == 0;
        }

        void setVector(int index, @Nullable SpaceVector vector) {
            vectors[index] = vector;
            missing--;
        }

        /** Returns the spaces of its vectors, as far as it has any. */
        List<VectorSpace> spaces() {
            List<VectorSpace> spaces = new ArrayList<>();
            for (SpaceVector vector : vectors) {
                if (vector != null && !spaces.contains(vector.space())) {
                    spaces.add(vector.space());
                }
            }
            return spaces;
        }

        long withoutVector() {
            return Arrays.stream(vectors).filter(Objects::isNull).count();
        }

        List<EmbeddedPassage> embedded() {
            List<EmbeddedPassage> embedded = new ArrayList<>();
            for (int index = 0; index < vectors.length; index++) {
                embedded.add(new EmbeddedPassage(passages.get(index), vectors[index]));
            }
            return embedded;
        }
    }
}
