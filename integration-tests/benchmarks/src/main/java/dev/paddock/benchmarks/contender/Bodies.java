package dev.paddock.benchmarks.contender;

import java.io.IOException;

/** How the bodies of requests and answers are written and read by those who have no library for it. Thread-safe. */
interface Bodies {

    byte[] chatRequest(String model, boolean stream) throws IOException;

    byte[] embedRequest() throws IOException;

    ChatResult chatAnswer(byte[] bytes, int offset, int length) throws IOException;

    /** One line of a stream. */
    StreamChunk piece(byte[] bytes, int offset, int length) throws IOException;

    EmbedResult embedAnswer(byte[] bytes, int offset, int length) throws IOException;

    /**
     * What a line says.
     *
     * @param text what it adds
     * @param answerTokens the count of the last line; 0 before it
     */
    record StreamChunk(String text, int answerTokens) {}
}
