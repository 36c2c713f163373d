package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.ChatResult;
import dev.paddock.benchmarks.contender.EmbedResult;
import dev.paddock.benchmarks.contender.StreamResult;
import dev.paddock.benchmarks.upstream.UpstreamTexts;
import dev.paddock.benchmarks.upstream.Vectors;

/** Whoever is measured has to have got the whole answer. */
final class Verification {

    private static final ChatResult CHAT = new ChatResult(UpstreamTexts.ANSWER, 31, 17);
    private static final StreamResult STREAM = new StreamResult(UpstreamTexts.streamed(), UpstreamTexts.CHUNKS - 1, UpstreamTexts.CHUNKS - 1);

    private Verification() {}

    /** Throws when an answer is not what the upstream said. */
    static void verify(Object answer) {
        boolean right = switch (answer) {
            case ChatResult chat -> chat.equals(CHAT);
            case StreamResult stream -> stream.equals(STREAM);
            case EmbedResult embed -> embed.vectors() == Vectors.COUNT
                    && embed.dimensions() == Vectors.DIMENSIONS
                    && embed.last() == Vectors.vector(Vectors.COUNT - 1)[Vectors.DIMENSIONS - 1];
            default -> false;
        };
        if (!right) {
            throw new IllegalStateException("a wrong answer: " + answer);
        }
    }
}
