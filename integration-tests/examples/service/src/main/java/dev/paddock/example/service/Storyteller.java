package dev.paddock.example.service;

import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;
import java.util.function.Predicate;

/** Tells stories for children. */
public final class Storyteller {

    private final LlmPort llm;

    /** Creates a storyteller over a port to models. */
    public Storyteller(LlmPort llm) {
        this.llm = llm;
    }

    /** Returns a story, or an apology when the model has no time or breaks off. */
    public String tell(String topic) {
        try {
            return llm.chat(request(topic)).text();
        } catch (ServerBusyException busy) {
            return "Come back later.";
        } catch (TruncatedResponseException cut) {
            return cut.facts().textReceived() + " ... and then I fell asleep.";
        }
    }

    /** Tells a story piece by piece, until the listener returns false. */
    public void tell(String topic, Predicate<String> listener) {
        try (ResponseStream<ChatChunk> stream = llm.chatStream(request(topic))) {
            while (stream.hasNext()) {
                if (!listener.test(stream.next().text())) {
                    return; // closing the stream stops the model
                }
            }
        }
    }

    private static ChatRequest request(String topic) {
        return ChatRequest.of("llama3.2", List.of(
                Message.system("You tell stories for children."), Message.user("Tell me about " + topic + ".")));
    }
}
