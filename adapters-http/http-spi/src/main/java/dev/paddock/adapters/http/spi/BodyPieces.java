package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.BodyPiece;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The pieces in which the body of a request is handed to a connection. */
public final class BodyPieces {

    /** The size of each piece but the last, in bytes: small enough to report progress, and to notice an early response between two. */
    public static final int SIZE = 64 * 1024;

    private BodyPieces() {}

    /**
     * Returns the piece that begins at a position.
     *
     * @param position where it begins, from zero to the length of the body
     * @throws IOException if it cannot be read, which ends the call as a connection does that breaks
     */
    public static BodyPiece read(RequestBody body, long position) throws IOException {
        try {
            return body.piece(position, SIZE);
        } catch (UncheckedIOException unreadable) {
            throw new IOException("The body of the request cannot be read", unreadable);
        }
    }
}
