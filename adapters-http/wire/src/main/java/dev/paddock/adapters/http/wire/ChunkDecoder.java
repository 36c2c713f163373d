package dev.paddock.adapters.http.wire;

import dev.paddock.domain.exchange.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Reads one streamed answer, frame by frame in order. It may remember earlier frames, so each answer needs its own; not
 * thread-safe.
 *
 * @param <C> a chunk of the answer
 */
public interface ChunkDecoder<C> {

    /**
     * Returns the chunk in a frame with content, or null when the frame has none.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if it is no frame of such an answer
     */
    @Nullable C decode(Frame frame);

    /**
     * Returns the chunk that completes the answer when its body has ended without a terminal frame, or null when no such chunk is
     * needed: an earlier one completed it, or the answer is not complete.
     */
    default @Nullable C end() {
        return null;
    }

    /**
     * Returns a whole answer to a request for a stream as its only chunk. Ollama answers so when
     * it only loads or unloads a model.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if it is not such an answer
     * @throws dev.paddock.domain.error.TruncatedResponseException if it says itself that it is not complete
     * @throws dev.paddock.domain.error.GenerationFailedException if it is an error with the status of a success
     */
    C decodeWhole(byte[] body);
}
