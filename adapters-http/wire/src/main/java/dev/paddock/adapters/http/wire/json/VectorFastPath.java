package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.paddock.domain.model.embedding.Embedding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the first array of vectors of a document past its parser, because making tokens of numbers is most of the work
 * that vectors are.
 *
 * <p>The parser never learns of an array that was plain to its end: for it the array is empty, and what it says of
 * places and limits is corrected here. Of any other array it gets back all, the numbers read already as zeros, so that
 * it alone judges what is broken, too large, or just unusual, and says so as if there were no other reader. Not
 * thread-safe.
 */
final class VectorFastPath {

    private final UnboundedPushbackStream input;
    private boolean used;
    private int line;
    private long hiddenBytes;
    private long hiddenTokens;

    /** Creates a reader of a document. */
    VectorFastPath(InputStream document) {
        this.input = new UnboundedPushbackStream(document);
    }

    /** Returns the stream from which the parser must read. */
    InputStream input() {
        return input;
    }

    /** Reads vectors as far as possible, with the parser at the start of their array; the rest is for the parser. */
    void read(JsonParser parser, VectorList vectors) throws IOException {
        ByteArrayOutputStream ahead = new ByteArrayOutputStream();
        if (used || parser.releaseBuffered(ahead) < 0) { // a document that is not UTF-8
            return;
        }
        used = true;
        ByteWindow window = new ByteWindow(ahead.toByteArray(), input);
        VectorScanner scanner = new VectorScanner(window);
        int before = vectors.vectors().size();
        for (float[] vector = scanner.next(); vector != null; vector = scanner.next()) {
            vectors.add(vector);
        }
        input.putBack(window.rest());
        List<Embedding> read = vectors.vectors().subList(before, vectors.vectors().size());
        line = parser.currentLocation().getLineNr();
        hiddenBytes = -ahead.size(); // the parser counts what it gave away, and will get most of it once more
        if (scanner.isComplete()) {
            hiddenBytes += window.passed();
            hiddenTokens = tokens(read);
        } else {
            input.putBack(zeros(Math.toIntExact(window.passed()), read));
            for (long left = tokens(read); left > 0; left--) {
                parser.nextToken();
            }
        }
    }

    /** Throws if the document is beyond the limits with what the parser does not know of. */
    void requireWithinLimits(JsonParser parser) throws IOException {
        StreamReadConstraints limits = parser.streamReadConstraints();
        limits.validateTokenCount(parser.currentTokenCount() + hiddenTokens);
        limits.validateDocumentLength(parser.currentLocation().getByteOffset() + hiddenBytes);
    }

    /** Returns the column that a place has in the document. */
    long column(JsonLocation location) {
        return location.getColumnNr() + (location.getLineNr() == line ? hiddenBytes : 0);
    }

    /** Returns vectors of the same lengths, and blanks up to the length that they had. */
    private static byte[] zeros(int length, List<Embedding> vectors) {
        byte[] zeros = new byte[length];
        Arrays.fill(zeros, (byte) ' ');
        int at = 0;
        for (Embedding vector : vectors) {
            for (int i = 0; i < vector.dimensions(); i++) {
                zeros[at++] = (byte) (i == 0 ? '[' : ',');
                zeros[at++] = '0';
            }
            zeros[at++] = ']';
            zeros[at++] = ',';
        }
        return zeros;
    }

    private static long tokens(List<Embedding> vectors) {
        long tokens = 0;
        for (Embedding vector : vectors) {
            tokens += vector.dimensions() + 2;
        }
        return tokens;
    }
}
