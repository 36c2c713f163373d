package dev.paddock.bootstrap.cli;

import dev.paddock.domain.model.catalog.PullProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes sense of the reports on a download, which are odd: numbers go down when a part is fetched again, the last
 * report of a layer stays below its total, and how much there is in all is not known before the end. What is shown
 * never goes down, and it is complete only when the server says so. Not thread-safe.
 */
final class PullTracker {

    private final Map<String, LayerProgress> layers = new HashMap<>();
    private @Nullable String current; // the digest of the layer under way
    private int percent;
    private boolean successful;

    /** Takes in a report and returns how far the download is after it. */
    PullState accept(PullProgress report) {
        String digest = report.digest();
        if (!Objects.equals(digest, current)) {
            fillCurrent();
            current = digest;
        }
        LayerProgress layer = LayerProgress.NONE;
        if (digest != null) {
            layer = layers.merge(digest, new LayerProgress(report.total(), report.completed()), LayerProgress::plus);
        }
        successful |= report.isSuccess();
        percent = successful ? 100 : Math.max(percent, Math.min(99, overall()));
        return new PullState(report.status(), digest, layer, percent);
    }

    /** Tells whether the server has said that the download is complete. */
    boolean isSuccessful() {
        return successful;
    }

    /** Returns the bytes of all layers seen so far. */
    long totalBytes() {
        return layers.values().stream().mapToLong(LayerProgress::total).sum();
    }

    int layerCount() {
        return layers.size();
    }

    // Layers come one after another: when something else begins, the last one is complete whatever its last report
    // said.
    private void fillCurrent() {
        if (current != null) {
            layers.computeIfPresent(current, (digest, layer) -> new LayerProgress(layer.total(), layer.total()));
        }
    }

    private int overall() {
        long completed = layers.values().stream().mapToLong(LayerProgress::completed).sum();
        return LayerProgress.percent(completed, totalBytes());
    }

    /**
     * One layer of a model.
     *
     * @param total its size in bytes, 0 when unknown
     * @param completed how much of it has arrived, in bytes
     */
    record LayerProgress(long total, long completed) {

        static final LayerProgress NONE = new LayerProgress(0, 0);

        int percent() {
            return percent(completed, total);
        }

        private LayerProgress plus(LayerProgress report) {
            long largestTotal = Math.max(total, report.total);
            long most = Math.max(completed, report.completed);
            return new LayerProgress(largestTotal, largestTotal == 0 ? most : Math.min(most, largestTotal));
        }

        private static int percent(long completed, long total) {
            return total <= 0 ? 0 : (int) Math.min(100, 100.0 * completed / total);
        }
    }
}
