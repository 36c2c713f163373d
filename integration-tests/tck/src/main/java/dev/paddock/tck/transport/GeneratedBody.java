package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A body of letters that is in no memory: each piece is made when it is read. */
final class GeneratedBody implements RequestBody {

    private final int length;
    private final long readable;
    private final AtomicInteger largestPiece = new AtomicInteger();

    /**
     * Creates the body.
     *
     * @param length how many letters it has
     * @param readable how many of them can be read
     */
    GeneratedBody(int length, long readable) {
        this.length = length;
        this.readable = readable;
    }

    TransportRequest posted() {
        return new TransportRequest("POST", "/", Headers.EMPTY, this);
    }

    String text() {
        return new String(bytes(), StandardCharsets.US_ASCII);
    }

    /** Returns how many letters were asked for at most with {@link #piece}. */
    int largestPiece() {
        return largestPiece.get();
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public BodyPiece piece(long position, int most) {
        if (position >= readable) {
            throw new UncheckedIOException(new IOException("the rest cannot be read"));
        }
        int unused = largestPiece.accumulateAndGet(most, Math::max);
        // The bytes around the piece must not be sent: a transport that sends the whole array is found.
        byte[] letters = new byte[2 + (int) Math.min(most, length - position)];
        for (int at = 0; at < letters.length - 2; at++) {
            letters[at + 1] = (byte) ('a' + (position + at) % 23);
        }
        return new BodyPiece(letters, 1, letters.length - 2);
    }
}
