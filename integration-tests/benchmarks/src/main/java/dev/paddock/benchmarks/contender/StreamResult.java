package dev.paddock.benchmarks.contender;

/**
 * An answer that came in pieces.
 *
 * @param text all pieces together
 * @param pieces how many of them had a text
 * @param answerTokens as the server counted them in the last one
 */
public record StreamResult(String text, int pieces, int answerTokens) {}
