package dev.paddock.benchmarks.upstream;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The answers of the server, with which clients verify what they received. */
public final class UpstreamTexts {

    /** Pieces of a streamed answer; the last one carries no text but the end. */
    public static final int CHUNKS = 200;

    /** The whole answer of a call that does not stream. */
    public static final String ANSWER = "The sky is blue because air scatters short waves of light more than long ones.";

    private static final List<String> WORDS =
            List.of(" the", " light", " of", " a", " sun", " that", " falls", " through", " air", " is");

    private UpstreamTexts() {}

    /** The whole answer of a call that streams. */
    public static String streamed() {
        return String.join("", pieces().toList());
    }

    static Stream<String> pieces() {
        return IntStream.range(0, CHUNKS - 1).mapToObj(index -> WORDS.get(index % WORDS.size()));
    }
}
