package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.cli.PullTracker.LayerProgress;
import org.jspecify.annotations.Nullable;

/**
 * How far a download is.
 *
 * @param status what the server is doing
 * @param digest the layer that is being downloaded, or null when it is something else
 * @param layer how far that layer is
 * @param percent how far the layers seen so far are together: never goes down, 100 only at the end
 */
record PullState(String status, @Nullable String digest, LayerProgress layer, int percent) {

    String toJson() {
        return new JsonObjectBuilder()
                .put("status", status)
                .put("digest", digest)
                .put("total", digest == null ? null : layer.total())
                .put("completed", digest == null ? null : layer.completed())
                .put("percent", percent)
                .toJson();
    }
}
