package dev.paddock.adapters.http.wire.document;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the pieces of one answer in the API that it belongs to. Not thread-safe. */
interface PieceCollector {

    /** Adds the next piece, which belongs to the collector from now on. */
    void add(Map<String, @Nullable Object> piece);

    /**
     * Returns the document of all pieces; no piece follows.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if they are not an answer in this API
     */
    Map<String, @Nullable Object> document();
}
