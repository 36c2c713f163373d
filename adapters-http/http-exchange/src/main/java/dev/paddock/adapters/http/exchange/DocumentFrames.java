package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.domain.exchange.Headers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A document in pieces as they arrive, each in an array of its own; one that fills its array was read straight into it. */
final class DocumentFrames implements FrameSource {

    private static final int LARGEST_PART = 64 * 1024;
    private static final int USUAL_PART = 8 * 1024;
    private static final byte[] NOTHING = {};

    private final TransportResponse response;
    private byte[] spare = NOTHING; // in nobody else's hands
    private int partSize = USUAL_PART; // where the length is unknown
    private long announced; // what is still to come

    DocumentFrames(TransportResponse response) {
        this.response = response;
        this.announced = response.headers().contentLength();
    }

    @Override
    public byte @Nullable [] next() {
        byte[] part = part();
        int count = response.read(part, 0, part.length);
        if (count < 0) {
            return null;
        }
        if (announced != Headers.UNKNOWN_LENGTH) {
            announced = Math.max(0, announced - count);
        }
        if (count < part.length) {
            spare = part;
            return Arrays.copyOf(part, count);
        }
        spare = NOTHING;
        // A part that was filled promises more: the next one may be larger.
        partSize = Math.min(2 * partSize, LARGEST_PART);
        return part;
    }

    /** Returns an array for what is to come; where that is told, with room for all of it, or for the end. */
    private byte[] part() {
        int size = announced == Headers.UNKNOWN_LENGTH ? partSize : Math.clamp(announced, 1, LARGEST_PART);
        return spare.length >= size ? spare : new byte[size];
    }

    @Override
    public boolean isVerbatim() {
        return true;
    }
}
