package dev.paddock.domain.model.catalog;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One report on the download of a model. Layers are downloaded one after another; the size of a later one is not known before
 * it starts, and a layer's last report often stays below its total.
 *
 * @param status what the server is doing, for example {@code pulling manifest}; {@code success} is the last
 * @param digest the layer that is downloaded, or null when the report is about none
 * @param total the size of that layer in bytes, 0 when unknown
 * @param completed how much of it has arrived, in bytes; may go down when a part is fetched again
 */
public record PullProgress(String status, @Nullable String digest, long total, long completed) {

    /** The status of the last report of a download that worked. */
    public static final String SUCCESS = "success";

    public PullProgress {
        requireNonNull(status, "status");
    }

    /** Returns whether the download is complete. */
    public boolean isSuccess() {
        return status.equals(SUCCESS);
    }
}
