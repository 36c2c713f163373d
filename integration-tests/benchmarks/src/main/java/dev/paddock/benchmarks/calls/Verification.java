package dev.paddock.benchmarks.calls;

import dev.paddock.benchmarks.contender.ChatAnswer;
import dev.paddock.benchmarks.contender.EmbedAnswer;
import dev.paddock.benchmarks.contender.StreamAnswer;
import dev.paddock.benchmarks.upstream.Texts;
import dev.paddock.benchmarks.upstream.Vectors;

/** Whoever is measured has to have got the whole answer. */
final class Verification {

    private static final ChatAnswer CHAT = new ChatAnswer(Texts.ANSWER, 31, 17);
    private static final StreamAnswer STREAM = new StreamAnswer(Texts.streamed(), Texts.CHUNKS - 1, Texts.CHUNKS - 1);

    private Verification() {}

    /** Throws when an answer is not what the upstream said. */
    static void verify(Object answer) {
        boolean right = switch (answer) {
            case ChatAnswer chat -> chat.equals(CHAT);
            case StreamAnswer stream -> stream.equals(STREAM);
            case EmbedAnswer embed -> embed.vectors() == Vectors.COUNT
                    && embed.dimensions() == Vectors.DIMENSIONS
                    && embed.last() == Vectors.vector(Vectors.COUNT - 1)[Vectors.DIMENSIONS - 1];
            default -> false;
        };
        if (!right) {
            throw new IllegalStateException("a wrong answer: " + answer);
        }
    }
}
