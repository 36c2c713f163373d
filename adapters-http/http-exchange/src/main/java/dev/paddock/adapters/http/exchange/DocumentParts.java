package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A document in pieces as they arrive, each in an array of its own; one that fills its array was read straight into it. */
final class DocumentParts implements FrameSource {

    private static final int LARGEST_PART = 64 * 1024;
    private static final int USUAL_PART = 8 * 1024;
    private static final byte[] NOTHING = {};

    private final TransportResponse response;
    private byte[] spare = NOTHING; // in nobody else's hands
    private int partSize;

    DocumentParts(TransportResponse response) {
        this.response = response;
        this.partSize = announcedSize(response);
    }

    @Override
    public byte @Nullable [] next() {
        byte[] part = spare.length >= partSize ? spare : new byte[partSize];
        int count = response.read(part, 0, part.length);
        if (count < 0) {
            return null;
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

    @Override
    public boolean isVerbatim() {
        return true;
    }

    private static int announcedSize(TransportResponse response) {
        String length = response.headers().first("Content-Length");
        if (length == null || length.length() > 9 || !length.chars().allMatch(Character::isDigit)) {
            return USUAL_PART;
        }
        return Math.clamp(Integer.parseInt(length), 1, LARGEST_PART);
    }
}
