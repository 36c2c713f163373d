package dev.paddock.adapters.http.okhttp;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the library waits for when a head without a body speaks of one, as that of a response to HEAD or with status 304 may
 * (RFC 9110, section 8.6). It is pretended, so that the connection can serve again.
 */
final class SyntheticBody {

    /** A longer one breaks off, which costs the connection: a new one is cheaper. */
    private static final int LONGEST = 64 * 1024;

    private static final byte[] NO_CHUNKS = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private SyntheticBody() {}

    static InputStream of(OkHttpResponseHead head) {
        if (head.isChunked()) {
            return new ByteArrayInputStream(NO_CHUNKS);
        }
        int length = head.length() == Long.MAX_VALUE ? 0 : (int) Math.min(LONGEST, head.length());
        return new ByteArrayInputStream(new byte[length]);
    }
}
