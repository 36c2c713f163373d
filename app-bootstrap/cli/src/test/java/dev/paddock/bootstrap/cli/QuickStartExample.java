package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.domain.model.generation.ChatRequest;

/** The examples in Java of docs/quick-start.md. */
final class QuickStartExample {

    private QuickStartExample() {}

    static void ollama() {
        try (Paddock paddock = Paddock.start()) {
            System.out.println(paddock.llm().chat(ChatRequest.of("llama3.2", "Why is the sky blue?")).text());
        }
    }

    static void vllm() {
        try (Paddock paddock = Paddock.builder()
                .set("paddock.dialect", "openai")
                .set("paddock.base-url", "http://127.0.0.1:8000/v1")
                .set("paddock.api-key", "secret")
                .build()) {
            System.out.println(paddock.llm().chat(ChatRequest.of("Qwen/Qwen2.5-0.5B-Instruct", "Why is the sky blue?")).text());
        }
    }
}
