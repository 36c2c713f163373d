package dev.paddock.adapters.http.bridge.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.paddock.domain.error.LlmException;
import dev.paddock.ports.llm.LlmPort;
import java.util.List;
import java.util.Set;

/** LangChain4j's chat model over {@link LlmPort}. Thread-safe. */
public final class PaddockChatModel implements ChatModel {

    private final LlmPort llm;
    private final ChatRequestParameters defaults;
    private final List<ChatModelListener> listeners;

    /** Creates the chat model with the given name. */
    public PaddockChatModel(LlmPort llm, String model) {
        this(llm, ChatRequestParameters.builder().modelName(model).build(), List.of());
    }

    /**
     * Creates a chat model.
     *
     * @param defaults the parameters that requests do not set, the name of the model among them
     * @param listeners are told of each request and its outcome
     */
    public PaddockChatModel(LlmPort llm, ChatRequestParameters defaults, List<ChatModelListener> listeners) {
        this.llm = requireNonNull(llm, "llm");
        this.defaults = requireNonNull(defaults, "defaults");
        this.listeners = List.copyOf(listeners);
    }

    /** Returns the model of the same name and parameters that answers piece by piece. */
    public StreamingChatModel streaming() {
        return new PaddockStreamingChatModel(llm, defaults, listeners);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        try {
            return ResponseTranslation.of(llm.chat(RequestTranslation.of(request)));
        } catch (LlmException failure) {
            throw LangChain4jFailures.of(failure);
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaults;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }
}
