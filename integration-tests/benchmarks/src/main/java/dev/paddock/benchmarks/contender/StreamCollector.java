package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.Bodies.StreamChunk;

/** Puts pieces together. Not thread-safe. */
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

    /** Takes a piece of text; the last one of a stream may be empty and does not count. */
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
}
