package dev.paddock.adapters.http.documentsearch;

import java.io.IOException;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.TieredMergePolicy;

/**
 * Merges segments in the background. A search looks into each of them, so many small ones cost it a multiple of a few large ones. A merge is
 * seen after the next commit only, so the end of each is reported. Thread-safe.
 */
final class SegmentMerges extends ConcurrentMergeScheduler {

    /** Fewer would be searched a little faster, but each vector would be linked into another graph more often. */
    private static final double SEGMENTS_OF_A_SIZE = 4;

    /** So many may wait that an ingest waits for none of them. */
    private static final int MOST_WAITING = 100;

    private static final int MOST_AT_ONCE = 4;

    private volatile Runnable listener = () -> {};

    SegmentMerges() {
        setMaxMergesAndThreads(MOST_WAITING, Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_AT_ONCE));
    }

    /** Returns the choice of segments to merge. */
    static MergePolicy policy() {
        return new TieredMergePolicy().setSegmentsPerTier(SEGMENTS_OF_A_SIZE);
    }

    /** Sets what learns that a merge has ended. It runs in the thread of the merge, for which the end of the writer waits. */
    void onMerge(Runnable newListener) {
        listener = newListener;
    }

    @Override
    protected void doMerge(MergeSource source, MergePolicy.OneMerge merge) throws IOException {
        super.doMerge(source, merge);
        listener.run();
    }
}
