package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonLocation;
import dev.paddock.domain.model.embedding.Embedding;
import java.io.InputStream;
import java.util.List;

/**
 * A document with vectors as its parser gets it: never a byte further than the next bracket that begins an array, so that the vectors in
 * it can be taken out before the parser has buffered them. For the parser the array is empty then. The document is not changed. Not
 * thread-safe.
 */
final class VectorDocument extends InputStream {

    private final byte[] bytes;
    private int position;
    private int takenBytes;
    private int takenLine;
    private int takenLength;

    VectorDocument(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns whether a location that the parser reports is that of the last byte that it got: not if the document is not UTF-8. */
    boolean isAt(JsonLocation location) {
        return location.getByteOffset() + takenBytes == position;
    }

    /** Takes the vectors of the array behind whose first bracket the parser stands, in this line: none if the array is not plain. */
    List<Embedding> takeVectors(int line) {
        if (bytes[bytes.length - 1] != '}' && bytes[bytes.length - 1] != '\n') {
            return List.of(); // the scanner might miss the end of the document
        }
        VectorScanner scanner = new VectorScanner(bytes, position);
        if (!scanner.readAll()) {
            return List.of();
        }
        takenLength = scanner.end() - position + (line == takenLine ? takenLength : 0);
        takenBytes += scanner.end() - position;
        takenLine = line;
        position = scanner.end();
        return scanner.vectors();
    }

    /** Returns the column in the document for a location that the parser reports. */
    long column(JsonLocation location) {
        return location.getColumnNr() + (location.getLineNr() == takenLine ? (long) takenLength : 0);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0 || position == bytes.length) {
            return length == 0 ? 0 : -1;
        }
        int limit = (int) Math.min((long) position + length, bytes.length);
        int from = position;
        position = behindBracket(limit);
        System.arraycopy(bytes, from, buffer, offset, position - from);
        return position - from;
    }

    private int behindBracket(int limit) {
        int index = position;
        while (index < limit) {
            if (bytes[index++] == '[') {
                return index;
            }
        }
        return limit;
    }
}
