package dev.paddock.e2e.examples;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.ChatChunk;
import dev.paddock.domain.model.ChatRequest;
import dev.paddock.domain.model.ResponseStream;

/** The example for plain Java in the README. */
final class PlainJavaExample {

    private PlainJavaExample() {}

    static void tell(Paddock paddock, StringBuilder out) {
        String answer = paddock.llm().chat(ChatRequest.of("llama3.2", "Why is the sky blue?")).text();
        out.append(answer);

        try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(ChatRequest.of("llama3.2", "Tell me more."))) {
            stream.forEachRemaining(chunk -> out.append(chunk.text()));
        } // leaving early, by break or by an exception, stops the model on the server
    }
}
