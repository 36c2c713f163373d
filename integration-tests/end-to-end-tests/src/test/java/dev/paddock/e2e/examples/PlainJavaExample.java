package dev.paddock.e2e.examples;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.ports.llm.LlmPort;

/** The example for plain Java in the README. */
final class PlainJavaExample {

    private PlainJavaExample() {}

    static void tell() {
        try (Paddock paddock = Paddock.start()) {
            LlmPort llm = paddock.llm();
            System.out.println(llm.chat(ChatRequest.of("llama3.2", "Why is the sky blue?")).text());

            try (ResponseStream<ChatChunk> stream = llm.chatStream(ChatRequest.of("llama3.2", "Tell me more."))) {
                stream.forEachRemaining(chunk -> System.out.print(chunk.text()));
            } // leaving early, by break or by an exception, stops the model on the server
        }
    }
}
