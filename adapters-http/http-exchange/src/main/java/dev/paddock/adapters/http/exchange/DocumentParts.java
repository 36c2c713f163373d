package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A document in pieces as they arrive, each read straight into an array of its own. */
final class DocumentParts implements FrameSource {

    private static final int LARGEST_PART = 64 * 1024;
    private static final int USUAL_PART = 8 * 1024;

    private final TransportResponse response;
    private int partSize;

    DocumentParts(TransportResponse response) {
        this.response = response;
        this.partSize = announcedSize(response);
    }

    @Override
    public byte @Nullable [] next() {
        byte[] part = new byte[partSize];
        int count = response.read(part, 0, part.length);
        if (count < 0) {
            return null;
        }
        // A part that was filled promises more: the next one may be larger.
        partSize = count == part.length ? Math.min(2 * partSize, LARGEST_PART) : partSize;
        return count == part.length ? part : Arrays.copyOf(part, count);
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
