package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import java.io.IOException;

/** Writes request bodies and reads response bodies, for contenders without a library for it. Thread-safe. */
interface Bodies {

    byte[] chatRequest(String model, boolean stream) throws IOException;

    byte[] embedRequest() throws IOException;

    ChatResult chatAnswer(byte[] bytes, int offset, int length) throws IOException;

    /** One line of a stream. */
    StreamChunk piece(byte[] bytes, int offset, int length) throws IOException;

    EmbedResult embedAnswer(byte[] bytes, int offset, int length) throws IOException;

    /**
     * A chunk of a stream.
     *
     * @param text its text
     * @param answerTokens the count of the last line; 0 before it
     */
    record StreamChunk(String text, int answerTokens) {}
}
