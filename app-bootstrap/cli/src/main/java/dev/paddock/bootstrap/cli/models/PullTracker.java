package dev.paddock.bootstrap.cli.models;

import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.domain.model.catalog.PullProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tracks a download by the reports of the server. Their numbers decrease when a part is downloaded again, the last report of a
 * layer stays below its total, and the overall size is unknown before the end. The tracked progress never decreases, and is
 * complete only when the server says so. Not thread-safe.
 */
final class PullTracker {

    private final Map<String, LayerProgress> layers = new HashMap<>();
    private @Nullable String current; // the digest of the layer in progress
    private int percent;
    private boolean successful;

    /** Adds a report and returns the state of the download after it. */
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

    /** Returns whether the server has reported the end of the download. */
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

    // Layers are downloaded one after the other: the start of the next step completes the current layer.
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
     * The progress of one layer of a model.
     *
     * @param total its size in bytes, 0 when unknown
     * @param completed the downloaded part, in bytes
     */
    record LayerProgress(long total, long completed) {

        static final LayerProgress NONE = new LayerProgress(0, 0);

        boolean isSizeKnown() {
            return total > 0;
        }

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

    /**
     * The state of a download.
     *
     * @param status the step that the server reports
     * @param digest the layer that is being downloaded, or null in other steps
     * @param layer the progress of that layer
     * @param percent the progress of all layers seen so far: never decreases, 100 only at the end
     */
    record PullState(String status, @Nullable String digest, LayerProgress layer, int percent) {

        String toJson() {
            return new JsonObjectBuilder()
                    .put("status", status)
                    .put("digest", digest)
                    .put("total", layer.isSizeKnown() ? layer.total() : null)
                    .put("completed", digest == null ? null : layer.completed())
                    .put("percent", percent)
                    .toJson();
        }
    }
}
