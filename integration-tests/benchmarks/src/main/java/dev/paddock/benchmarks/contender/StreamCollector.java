package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.Bodies.Piece;

/** Puts pieces together. Not thread-safe. */
final class StreamCollector {

    private final StringBuilder text = new StringBuilder();
    private int pieces;
    private int answerTokens;

    void add(Piece piece) {
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

    StreamAnswer answer() {
        return new StreamAnswer(text.toString(), pieces, answerTokens);
    }
}
