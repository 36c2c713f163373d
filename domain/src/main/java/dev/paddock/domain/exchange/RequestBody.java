package dev.paddock.domain.exchange;

/**
 * The body of a request: bytes that can be read any number of times, so that the request can be sent again. Most bodies are in
 * memory; one that is too large for that is read from a file. Implementations are thread-safe and always give the same bytes.
 */
public interface RequestBody {

    /** No body. */
    RequestBody NONE = of(new byte[0]);

    /** Returns a body that is held in memory; the array is not copied. */
    static RequestBody of(byte[] content) {
        return new InMemoryBody(content);
    }

    /** Returns how many bytes it has; zero means that there is none. */
    long length();

    /**
     * Returns whether all bytes are in memory already. False means that they are in a file, for example, and may be more than memory
     * can hold: code that hashes or parses whole bodies asks this first. By default false.
     */
    default boolean isInMemory() {
        return false;
    }

    /**
     * Returns bytes that follow each other.
     *
     * @param position where they begin, from zero to the length
     * @param most how many they are at most; fewer where the body ends, and never none before that
     * @throws java.io.UncheckedIOException if they cannot be read
     */
    BodyPiece piece(long position, int most);

    /**
     * Returns the whole body in one array, which must not be changed. Only for bodies that are {@link #isInMemory() in memory} or
     * known to be small: any other is read into memory as a whole.
     *
     * @throws ArithmeticException if no array can hold it
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    default byte[] bytes() {
        byte[] whole = new byte[Math.toIntExact(length())];
        int count = 0;
        while (count < whole.length) {
            BodyPiece piece = piece(count, whole.length - count);
            System.arraycopy(piece.array(), piece.offset(), whole, count, piece.length());
            count += piece.length();
        }
        return whole;
    }
}
