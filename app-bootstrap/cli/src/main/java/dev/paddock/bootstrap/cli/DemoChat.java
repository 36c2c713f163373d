package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.pool.EndpointPool;
import java.util.List;
import java.util.function.Consumer;

/** The last part of the demonstration: some calls over one connection, the last of them a streamed chat. */
final class DemoChat {

    private final Session session;

    DemoChat(Session session) {
        this.session = requireNonNull(session, "session");
    }

    /** Makes the calls; every piece of the answer goes to the given consumer as it comes. */
    void run(Consumer<String> pieces) {
        session.models().models(CallContext.create());
        session.models().runningModels(CallContext.create());
        ChatRequest request = ChatRequest.of(DemoServer.MODEL, "Why are connections worth keeping?");
        try (ResponseStream<ChatChunk> stream = session.llm().chatStream(request)) {
            while (stream.hasNext()) {
                pieces.accept(stream.next().text());
            }
        }
    }

    /** Returns what the pool says about itself. */
    List<EndpointPool> pools() {
        return session.pool().pools();
    }
}
