package dev.paddock.benchmarks.contender;

/**
 * An answer as a whole.
 *
 * @param text what the model said
 * @param promptTokens as the server counted them
 * @param answerTokens as the server counted them
 */
public record ChatResult(String text, int promptTokens, int answerTokens) {}
