package dev.paddock.benchmarks.contender;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a stream of lines for those who have an HTTP library and none for streams. */
final class NdjsonReader {

    private static final int INITIAL_SIZE = 8192;

    private NdjsonReader() {}

    static StreamResult read(InputStream input, Bodies bodies) throws IOException {
        StreamCollector collector = new StreamCollector();
        byte[] bytes = new byte[INITIAL_SIZE];
        int end = 0;
        for (int count = input.read(bytes); count >= 0; count = input.read(bytes, end, bytes.length - end)) {
            int start = 0;
            int scanned = end;
            end += count;
            for (int index = scanned; index < end; index++) {
                if (bytes[index] == '\n') {
                    collector.add(bodies.piece(bytes, start, index + 1 - start));
                    start = index + 1;
                }
            }
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            if (end == bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
        }
        if (end > 0) {
            throw new EOFException("the stream ended within a line");
        }
        return collector.answer();
    }
}
