package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.Bodies.StreamChunk;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Collects the chunks of a stream. Not thread-safe. */
final class StreamCollector {

    private final StringBuilder text = new StringBuilder();
    private int pieces;
    private int answerTokens;

    void add(StreamChunk piece) {
        add(piece.text());
        if (piece.answerTokens() > 0) {
            end(piece.answerTokens());
        }
    }

    /** Adds the text of a chunk; the empty one at the end of a stream does not count. */
    void add(String piece) {
        text.append(piece);
        if (!piece.isEmpty()) {
            pieces++;
        }
    }

    void end(int tokens) {
        answerTokens = tokens;
    }

    StreamResult answer() {
        return new StreamResult(text.toString(), pieces, answerTokens);
    }

    /** Reads a stream of lines, for contenders whose HTTP library does not. */
    static final class NdjsonReader {

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
}
