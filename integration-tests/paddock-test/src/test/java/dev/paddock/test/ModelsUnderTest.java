package dev.paddock.test;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.ports.llm.LlmPort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same words over a server in each dialect, and over the fake. */
enum ModelsUnderTest {
    OLLAMA,
    OPENAI,
    FAKE;

    Opened open() {
        if (this == FAKE) {
            FakeLlmPort fake = new FakeLlmPort();
            return new Opened(fake, fake, null, null);
        }
        StubbedServer server = StubbedServer.start();
        Paddock client = this == OLLAMA
                ? server.connect("paddock.retry.max-retries=0")
                : server.connect("paddock.retry.max-retries=0", "paddock.dialect=openai", "paddock.base-url=" + server.openAiBaseUrl());
        return new Opened(server, client.llm(), server, client);
    }

    /** Models with stubs, and a port to them. */
    record Opened(StubbedModels models, LlmPort llm, @Nullable StubbedServer server, @Nullable Paddock client) implements AutoCloseable {

        String chat(String text) {
            return llm.chat(ChatRequest.of("llama3.2", text)).text();
        }

        List<String> stream(String text) {
            List<String> pieces = new ArrayList<>();
            try (ResponseStream<ChatChunk> stream = llm.chatStream(ChatRequest.of("llama3.2", text))) {
                stream.forEachRemaining(chunk -> pieces.add(chunk.text()));
            }
            return pieces.stream().filter(piece -> !piece.isEmpty()).toList();
        }

        List<float[]> embed(String... texts) {
            return llm.embed(EmbedRequest.of("nomic-embed-text", texts)).embeddings().stream().map(embedding -> embedding.vector()).toList();
        }

        @Override
        public void close() {
            if (client != null) {
                client.close();
            }
            if (server != null) {
                server.close();
            }
        }
    }
}
